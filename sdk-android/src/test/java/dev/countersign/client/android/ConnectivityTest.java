package dev.countersign.client.android;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.app.Application;
import android.content.Context;
import android.net.ConnectivityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.Shadows;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.Implementation;
import org.robolectric.annotation.Implements;

@RunWith(RobolectricTestRunner.class)
@Config(sdk = {21, 35})
public class ConnectivityTest {
    private final Application app = RuntimeEnvironment.getApplication();
    private final List<String> log = new ArrayList<>();
    private final AtomicInteger flushes = new AtomicInteger();
    private final AndroidPlatform platform =
            new AndroidPlatform(app, (level, message, cause) -> log.add(level + " " + message));

    @After
    public void end() {
        platform.end();
    }

    @Test
    public void theNetworkComingBack_flushes() {
        platform.begin(flushes::incrementAndGet);
        TestNetwork.comesBack(app);
        assertEquals(1, flushes.get());
    }

    @Test
    public void theNetworkGoing_doesNotFlush() {
        platform.begin(flushes::incrementAndGet);
        TestNetwork.goes(app);
        assertEquals(0, flushes.get());
    }

    @Test
    public void aClosedClient_isNotHeldByTheSystem() {
        platform.begin(flushes::incrementAndGet);
        platform.end();
        TestNetwork.comesBack(app);
        assertEquals(0, flushes.get());
        ConnectivityManager manager = (ConnectivityManager) app.getSystemService(Context.CONNECTIVITY_SERVICE);
        assertTrue(Shadows.shadowOf(manager).getNetworkCallbacks().isEmpty());
        assertTrue(Shadows.shadowOf(app).getRegisteredReceivers().stream()
                .noneMatch(receiver -> receiver.broadcastReceiver instanceof Connectivity));
    }

    @Test
    @Config(sdk = 35, shadows = NotGranted.class)
    public void withoutAccessNetworkState_theClientWorks() {
        platform.begin(flushes::incrementAndGet);
        assertEquals(List.of("DEBUG the network cannot be watched: java.lang.SecurityException"), log);
        platform.end();
    }

    /** What the system does when ACCESS_NETWORK_STATE is not granted. */
    @Implements(ConnectivityManager.class)
    public static class NotGranted extends org.robolectric.shadows.ShadowConnectivityManager {

        @Implementation(minSdk = 24)
        @Override
        protected void registerDefaultNetworkCallback(ConnectivityManager.NetworkCallback callback) {
            throw new SecurityException("ConnectivityService: Neither user 10086 nor current process has"
                    + " android.permission.ACCESS_NETWORK_STATE.");
        }
    }
}
