package dev.countersign.client.android;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import android.app.Activity;
import android.app.Application;
import android.os.SystemClock;
import dev.countersign.client.Countersign;
import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.testkit.TestProofs;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.Robolectric;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.android.controller.ActivityController;
import org.robolectric.annotation.Config;
import org.robolectric.shadows.ShadowSystemClock;

/** What {@link ProcessDeathTest} runs as processes of their own: an app that is killed, and the one after it. */
@RunWith(RobolectricTestRunner.class)
@Config(
        sdk = {21, 35},
        application = AppProcess.App.class)
public class AppProcess {
    static final int KILLED = 9;
    static final String KILLED_TOLD = "killed with five events queued";
    static final String USER = "u_1";

    private final Application app = RuntimeEnvironment.getApplication();
    private final Network network = new Network();
    private final Semaphore sent = new Semaphore(0);
    private final Semaphore postponed = new Semaphore(0);
    private final Countersign client = CountersignAndroid.builder(app, "pk_test")
            .endpoint(System.getProperty("app.collector"))
            .proofProvider(request -> IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), 1)))
            .httpClient(new OkHttpClient.Builder()
                    .socketFactory(network)
                    .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
                    .build())
            .flushEvery(1, TimeUnit.DAYS)
            .callbackExecutor(Runnable::run)
            .listener(new DeliveryListener() {
                @Override
                public void sent(int events) {
                    sent.release(events);
                }

                @Override
                public void postponed(String reason, long millis) {
                    postponed.release();
                }
            })
            .build();

    @Test
    public void runs() throws Exception {
        if (System.getProperty("app.step").equals("killed")) {
            untilKilled();
        } else {
            afterwards();
        }
    }

    private void untilKilled() throws Exception {
        ActivityController<Activity> screen =
                Robolectric.buildActivity(Activity.class).setup();
        client.identify(USER);
        track("visible", 3);
        screen.pause().stop(); // background: sends
        await(sent, 4);
        screen.restart().start().resume();
        track("visible again", 3);
        network.up = false;
        TestNetwork.goes(app);
        track("offline", 20); // a full batch, and no network
        await(postponed, 1);
        int waiting = client.diagnostics().getQueuedEvents();
        assertTrue(waiting + " wait", waiting >= 20); // returning flushes, and may have sent some of the three
        network.up = true;
        ShadowSystemClock.advanceBy(java.time.Duration.ofSeconds(2));
        TestNetwork.comesBack(app);
        await(sent, 23);
        network.up = false;
        track("before the end", 5);
        client.flush();
        await(postponed, 1);
        assertEquals(5, client.diagnostics().getQueuedEvents());
        System.out.println(KILLED_TOLD);
        System.out.flush();
        Runtime.getRuntime().halt(KILLED);
    }

    private void afterwards() throws Exception {
        await(sent, 5);
        client.track("afterwards");
        assertTrue(client.flush(20, TimeUnit.SECONDS));
        assertEquals(0, client.diagnostics().getQueuedEvents());
        assertTrue(SystemClock.elapsedRealtime() > 0);
    }

    private void track(String name, int events) {
        for (int i = 0; i < events; i++) {
            client.track(name + " " + i);
        }
    }

    private static void await(Semaphore happened, int times) throws InterruptedException {
        assertTrue(happened.tryAcquire(times, 20, TimeUnit.SECONDS));
    }

    /** An app whose private storage the next process finds again. */
    public static final class App extends Application {
        @Override
        public File getNoBackupFilesDir() {
            return new File(System.getProperty("app.storage"));
        }
    }

    /** Sockets that connect while there is a network. */
    private static final class Network extends SocketFactory {
        volatile boolean up = true;

        @Override
        public Socket createSocket() throws IOException {
            if (!up) {
                throw new IOException("no network");
            }
            return new Socket();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }
    }
}
