package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestCollector;
import dev.countersign.client.testkit.TestProofs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the app's own code throws, checked exceptions and errors included, delivery goes on. */
@Timeout(60)
class AppFaultsTest {
    private final TestCollector collector = new TestCollector();

    @AfterEach
    void close() {
        collector.close();
    }

    private CountersignBuilder builder() {
        return Countersign.builder("pk_test").endpoint(collector.url()).memoryQueue();
    }

    @Test
    void aLoggerThatThrows_endsNeitherDeliveryNorClose() {
        collector.next(new MockResponse().setResponseCode(500));
        Countersign client = builder()
                .logger((level, message, cause) -> sneak(new IOException("no log")))
                .build();
        client.track("a");
        assertTrue(client.flush(30, TimeUnit.SECONDS));
        client.identify("u_1"); // nobody can prove it: close has something to log
        assertFalse(client.close(0, TimeUnit.SECONDS));
        assertEquals(List.of("a"), collector.storedNames());
    }

    @Test
    void checkedExceptionsAndErrors_ofCallbacksAndListener_endNothing() {
        DeliveryListener listener = new DeliveryListener() {
            @Override
            public void sent(int events) {
                if (events == 2) {
                    throw new AssertionError("the app's own fault");
                }
            }
        };
        try (Countersign client = builder()
                .callbackExecutor(Runnable::run)
                .listener(listener)
                .logger((level, message, cause) -> {})
                .build()) {
            client.track("a", Attributes.empty(), outcome -> sneak(new IOException("checked, from Kotlin")));
            assertTrue(client.flush(30, TimeUnit.SECONDS));
            client.track(
                    "b", Attributes.empty(), outcome -> Thread.currentThread().interrupt());
            assertTrue(client.flush(30, TimeUnit.SECONDS));
            client.track("c");
            client.track("d");
            assertTrue(client.flush(30, TimeUnit.SECONDS));
            assertEquals(List.of("a", "b", "c", "d"), collector.storedNames());
            assertEquals(0, client.diagnostics().getFailures());
        }
    }

    @Test
    void aCheckedException_isNotUncaughtOnTheClientsOwnThread() throws InterruptedException {
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.set(e));
        CountDownLatch after = new CountDownLatch(1);
        try (Countersign client =
                builder().logger((level, message, cause) -> {}).build()) {
            client.track("a", Attributes.empty(), outcome -> sneak(new IOException("checked")));
            client.track("b", Attributes.empty(), outcome -> after.countDown());
            client.flush();
            assertTrue(after.await(30, TimeUnit.SECONDS));
            assertNull(uncaught.get());
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void anErrorOfTheProvider_isReportedAtOnceAndItIsAskedAgain() {
        int[] calls = {0};
        try (TestClient rig = TestClient.overHttp(builder -> builder.proofProvider(request -> {
            if (calls[0]++ == 0) {
                throw new NoClassDefFoundError("the app's own fault");
            }
            return IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), 1));
        }))) {
            rig.client.identify("u_1");
            rig.flush();
            assertEquals(List.of("the provider threw java.lang.NoClassDefFoundError"), rig.heard.failed);
            rig.pass(10, TimeUnit.SECONDS);
            assertEquals(1, rig.collector.stored().size());
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
