package dev.countersign.client.watch;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.app.Activity;
import android.app.Application;
import android.content.Context;
import android.content.ContextWrapper;
import android.os.Looper;
import dev.countersign.client.Countersign;
import dev.countersign.client.CountersignBuilder;
import dev.countersign.client.android.CountersignAndroid;
import dev.countersign.client.android.TestNetwork;
import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.testkit.TestCollector;
import dev.countersign.client.testkit.TestProofs;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;

/** As {@link CallersThreadTest}, through the Android builder and with what the system calls on the main thread. */
@RunWith(WatchedRunner.class)
@Config(sdk = {21, 35})
public class AppsMainThreadTest {
    private final Application app = RuntimeEnvironment.getApplication();
    private final TestCollector collector = new TestCollector();

    @Before
    public void start() {
        collector.url(); // opens its socket here, before anybody watches
    }

    @After
    public void close() {
        collector.close();
    }

    @Test
    public void theMainThread_makesNoFileOrSocketCall() throws Exception {
        try (IoWatch watch = new IoWatch()) {
            Countersign client = client(app);
            EveryCall.everything(client); // in the prologue, all or in part
            watch.pause(true);
            while (client.getAnonymousId() == null) {
                Thread.onSpinWait();
            }
            watch.pause(false);
            EveryCall.everything(client);
            watch.pause(true);
            client.flush(1, TimeUnit.SECONDS); // some wait for proofs longer than that
            assertEquals(Diagnostics.Storage.DURABLE, client.diagnostics().getStorage());
            ActivityController<Activity> screen =
                    Robolectric.buildActivity(Activity.class).setup();
            watch.pause(false);
            screen.pause().stop();
            TestNetwork.goes(app);
            client.track("in the background");
            TestNetwork.comesBack(app);
            screen.restart().start().resume();
            EveryCall.everything(client);
            Shadows.shadowOf(Looper.getMainLooper()).idle();
            EveryCall.drop(client);
            watch.pause(true);
            client.close(1, TimeUnit.SECONDS);
            assertEquals("", ours(watch));
            assertTrue("the client's own threads are heard", watch.othersCalls() > 0);
            assertEquals(Set.of(), locks(watch));
        }
    }

    @Test
    public void plantedInTheContext_aFileCallIsCaught() throws Exception {
        try (IoWatch watch = new IoWatch()) {
            Countersign client = client(new ContextWrapper(app) {
                @Override
                public Context getApplicationContext() {
                    return this;
                }

                @Override
                public String getPackageName() {
                    readAFile();
                    return super.getPackageName();
                }
            });
            watch.pause(true);
            client.close(0, TimeUnit.SECONDS);
            assertTrue(ours(watch), ours(watch).contains("FileInputStream.open"));
            assertTrue(ours(watch), ours(watch).contains("CountersignAndroid.builder"));
        }
    }

    @Test
    public void plantedInACallback_aFileCallIsCaught() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        try (IoWatch watch = new IoWatch()) {
            Countersign client = client(app);
            client.track("a", Attributes.empty(), outcome -> {
                readAFile();
                ran.incrementAndGet();
            });
            watch.pause(true);
            assertTrue(client.flush(20, TimeUnit.SECONDS));
            watch.pause(false);
            assertEquals("", ours(watch));
            Shadows.shadowOf(Looper.getMainLooper()).idle();
            watch.pause(true);
            client.close(0, TimeUnit.SECONDS);
            assertEquals(1, ran.get());
            assertTrue(ours(watch), ours(watch).contains("FileInputStream.open"));
        }
    }

    private Countersign client(Context context) {
        CountersignBuilder builder = CountersignAndroid.builder(context, "pk_test");
        return builder.endpoint(collector.url())
                .proofProvider(request -> IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), 1)))
                .build();
    }

    private static void readAFile() {
        try {
            new FileInputStream("/proc/self/stat").close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the client led to: Robolectric reads its jars and writes its log whenever it likes. */
    private static String ours(IoWatch watch) {
        return watch.calls().stream()
                .filter(call -> call.contains(" < ") && !call.matches("[^<]+ < TestNetwork\\..*"))
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    /** But for the one that opens the directory, which no call waits for: acquire finds it under that lock too. */
    private static Set<String> locks(IoWatch watch) {
        return watch.heldLocks().stream()
                .filter(lock -> !lock.startsWith("DirectoryLock."))
                .collect(Collectors.toSet());
    }
}
