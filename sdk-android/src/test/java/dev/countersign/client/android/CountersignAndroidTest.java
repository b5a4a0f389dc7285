package dev.countersign.client.android;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import android.app.Application;
import android.content.Context;
import android.content.ContextWrapper;
import android.content.pm.PackageInfo;
import android.os.Build;
import android.os.Looper;
import android.util.Log;
import dev.countersign.client.Countersign;
import dev.countersign.client.CountersignBuilder;
import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.delivery.Logger;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.testkit.TestCollector;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.After;
import org.junit.Test;
import org.junit.jupiter.api.Tag;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowApplication;
import org.robolectric.shadows.ShadowLog;

@RunWith(RobolectricTestRunner.class)
@Config(sdk = {21, 35})
public class CountersignAndroidTest {
    private static final String PROOF = "hmac_v1:" + "0123456789abcdef".repeat(4);

    private final Application app = RuntimeEnvironment.getApplication();
    private final TestCollector collector = new TestCollector();
    private Countersign client;

    @After
    public void close() {
        if (client != null) {
            client.close(0, TimeUnit.SECONDS);
        }
        collector.close();
    }

    private CountersignBuilder builder() {
        return CountersignAndroid.builder(app, "pk_test").endpoint(collector.url());
    }

    @Test
    public void events_carryAppSystemAndLocale() throws Exception {
        PackageInfo info =
                Shadows.shadowOf(app.getPackageManager()).getInternalMutablePackageInfo(app.getPackageName());
        info.versionName = "4.2";
        long versionCode = setVersionCode(info);
        Locale.setDefault(Locale.forLanguageTag("de-AT"));
        client = builder().build();
        client.track("opened");
        assertTrue(client.flush(10, TimeUnit.SECONDS));
        String context = "\"context\":{\"app\":{\"id\":\"" + app.getPackageName()
                + "\",\"version\":\"4.2\",\"build\":" + versionCode + "},\"os\":{\"name\":\"Android\",\"version\":\""
                + Build.VERSION.RELEASE
                + "\",\"api\":" + Build.VERSION.SDK_INT + "},\"locale\":\"de-AT\"}";
        assertTrue(collector.bodies.get(0), collector.bodies.get(0).contains(context));
    }

    /** From API 28 on one that an int does not hold. */
    private static long setVersionCode(PackageInfo info) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) {
            info.setLongVersionCode((1L << 32) + 42);
            return info.getLongVersionCode();
        }
        info.versionCode = 42;
        return 42;
    }

    @Test
    public void theAppMayAddToTheContext() {
        client = builder()
                .context(CountersignAndroid.deviceContext(app)
                        .put("flavour", "play")
                        .build())
                .build();
        client.track("opened");
        assertTrue(client.flush(10, TimeUnit.SECONDS));
        assertTrue(collector.bodies.get(0), collector.bodies.get(0).contains("\"flavour\":\"play\""));
        assertTrue(collector.bodies.get(0), collector.bodies.get(0).contains("\"name\":\"Android\""));
    }

    @Test
    public void theQueue_isInPrivateStorageThatIsNotBackedUp() {
        client = builder().build();
        client.track("opened");
        assertTrue(client.flush(10, TimeUnit.SECONDS));
        assertEquals(Diagnostics.Storage.DURABLE, client.diagnostics().getStorage());
        File[] processes = new File(app.getNoBackupFilesDir(), "countersign").listFiles();
        assertEquals(1, processes.length);
        File[] clients = processes[0].listFiles();
        assertEquals(1, clients.length);
        assertTrue(new File(clients[0], "session").isFile());
    }

    @Test
    @Config(sdk = 35)
    public void everyProcessOfTheApp_hasAQueueOfItsOwn() {
        File root = new File(app.getNoBackupFilesDir(), "countersign");
        ShadowApplication.setProcessName(app.getApplicationInfo().processName);
        queueOne();
        assertArrayEquals(new String[] {"main"}, root.list());
        ShadowApplication.setProcessName(app.getPackageName() + ":sync");
        queueOne();
        assertEquals(2, root.list().length);
        assertEquals(1, root.list((directory, name) -> name.startsWith("sync-")).length);
    }

    private void queueOne() {
        client = builder().name("one").build();
        client.track("opened");
        assertTrue(client.flush(10, TimeUnit.SECONDS));
        client.close(0, TimeUnit.SECONDS);
    }

    @Test
    public void theCallersThread_asksForNoDirectory() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Context watched = new ContextWrapper(app) {
            @Override
            public Context getApplicationContext() {
                return this;
            }

            @Override
            public File getNoBackupFilesDir() {
                threads.add(Thread.currentThread().getName());
                return super.getNoBackupFilesDir();
            }
        };
        client = CountersignAndroid.builder(watched, "pk_test")
                .endpoint(collector.url())
                .build();
        client.track("opened");
        assertTrue(client.flush(10, TimeUnit.SECONDS));
        assertEquals(Set.of("countersign-delivery"), threads);
    }

    @Test
    public void aMemoryQueue_takesThePlaceOfTheDirectory() {
        client = builder().memoryQueue().build();
        client.track("opened");
        assertTrue(client.flush(10, TimeUnit.SECONDS));
        assertEquals(Diagnostics.Storage.MEMORY, client.diagnostics().getStorage());
        assertFalse(new File(app.getNoBackupFilesDir(), "countersign").exists());
    }

    @Test
    public void aSecondClientOfTheSameName_isRefusedUntilTheFirstIsClosed() {
        client = builder().build();
        assertThrows(IllegalStateException.class, () -> builder().build());
        builder().name("other").build().close(0, TimeUnit.SECONDS);
        client.close(0, TimeUnit.SECONDS);
        client = builder().build();
    }

    @Test
    public void callbacks_runOnTheMainThread() throws Exception {
        AtomicReference<Looper> looper = new AtomicReference<>();
        client = builder().build();
        client.track("opened", Attributes.empty(), outcome -> looper.set(Looper.myLooper()));
        assertTrue(client.flush(10, TimeUnit.SECONDS));
        assertEquals("posted, not run at once", null, looper.get());
        Shadows.shadowOf(Looper.getMainLooper()).idle();
        assertSame(Looper.getMainLooper(), looper.get());
    }

    @Test
    @Tag("R63")
    public void theLog_goesToLogcatWithoutProofsOrUsers() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        collector.judge = event -> "SIGNATURE_MISMATCH";
        client = builder().callbackExecutor(Runnable::run).build();
        client.identify(
                "user-of-the-test", Attributes.of("email", "mail-of-the-test"), IdentityProof.token(PROOF), outcome -> {
                    refused.countDown();
                    throw new IllegalStateException("about mail-of-the-test");
                });
        client.flush();
        assertTrue(refused.await(10, TimeUnit.SECONDS));
        collector.judge = event -> null;
        client.updateProof("user-of-the-test", IdentityProof.token(PROOF.replace('f', '0')));
        assertTrue(client.flush(10, TimeUnit.SECONDS));
        List<ShadowLog.LogItem> log = ShadowLog.getLogsForTag(CountersignAndroid.LOG_TAG);
        assertTrue(
                log.toString(),
                log.stream().anyMatch(item -> item.type == Log.WARN && item.msg.contains("SIGNATURE_MISMATCH")));
        assertTrue(log.toString(), log.stream().anyMatch(item -> item.msg.contains("IllegalStateException")));
        for (ShadowLog.LogItem item : log) {
            String line = item.msg + Log.getStackTraceString(item.throwable);
            assertFalse(line, line.contains("of-the-test") || line.contains("0123456789abcdef"));
        }
    }

    @Test
    public void debugMessages_showWhenTheyAreAskedFor() {
        LogcatLogger logger = new LogcatLogger();
        logger.log(Logger.Level.DEBUG, "quiet", null);
        ShadowLog.setLoggable(CountersignAndroid.LOG_TAG, Log.DEBUG);
        logger.log(Logger.Level.DEBUG, "asked for", null);
        List<ShadowLog.LogItem> log = ShadowLog.getLogsForTag(CountersignAndroid.LOG_TAG);
        assertEquals(1, log.size());
        assertEquals("asked for", log.get(0).msg);
    }
}
