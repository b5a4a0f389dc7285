package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.testkit.Answers;
import dev.countersign.client.testkit.RecordingListener;
import dev.countersign.client.testkit.SentEvent;
import dev.countersign.client.testkit.TestCollector;
import dev.countersign.client.testkit.TestProofs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client as it ships, with its own threads and the real clock; waits end on events, never on time. */
@Timeout(60)
class LifecycleTest {
    private final TestCollector collector = new TestCollector();

    @AfterEach
    void close() {
        collector.close();
    }

    private CountersignBuilder builder() {
        return Countersign.builder("pk_test")
                .endpoint(collector.url())
                .memoryQueue()
                .logger((level, message, cause) -> {});
    }

    @Test
    void aFlushThatWaits_returnsWhenEverythingIsDelivered() {
        try (Countersign client = builder().build()) {
            for (int i = 0; i < 55; i++) {
                client.track("e" + i);
            }
            assertTrue(client.flush(30, TimeUnit.SECONDS));
            assertEquals(55, collector.stored().size());
            assertTrue(client.flush(0, TimeUnit.SECONDS), "nothing is left");
        }
    }

    @Test
    void aFlushThatCannotSucceed_endsInTimeAndLosesNothing() {
        try (Countersign client = builder().build()) {
            client.identify("u_1"); // nobody can prove it
            assertFalse(client.flush(50, TimeUnit.MILLISECONDS));
            assertEquals(1, client.diagnostics().getQueuedEvents());
        }
    }

    @Test
    void anInterruptedFlush_endsAtOnceAndStaysInterrupted() {
        try (Countersign client = builder().build()) {
            client.identify("u_1");
            Thread.currentThread().interrupt();
            assertFalse(client.flush(30, TimeUnit.SECONDS));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void twentyEvents_goWithoutBeingAsked() throws InterruptedException {
        CountDownLatch delivered = new CountDownLatch(20);
        try (Countersign client = builder().build()) {
            for (int i = 0; i < 20; i++) {
                client.track("e" + i, Attributes.empty(), outcome -> delivered.countDown());
            }
            assertTrue(delivered.await(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void close_sendsWhatIsQueuedThenDropsLaterCallsAndSaysSo() throws InterruptedException {
        CountDownLatch dropped = new CountDownLatch(1);
        Countersign client = builder().callbackExecutor(Runnable::run).build();
        client.track("a");
        assertTrue(client.close(30, TimeUnit.SECONDS));
        client.track("too late", Attributes.empty(), outcome -> dropped.countDown());
        assertTrue(dropped.await(30, TimeUnit.SECONDS));
        assertEquals(List.of("a"), collector.storedNames());
        assertEquals(Diagnostics.State.CLOSED, client.diagnostics().getState());
        client.close();
    }

    @Test
    void callsAfterClose_areReportedOnTheClientsOwnThreadToo() throws InterruptedException {
        CountDownLatch dropped = new CountDownLatch(1);
        Countersign client = builder().build();
        client.close();
        client.track("too late", Attributes.empty(), outcome -> dropped.countDown());
        assertTrue(dropped.await(30, TimeUnit.SECONDS));
        assertEquals(1, client.diagnostics().getDropped());
    }

    @Test
    void close_withNothingToHopeFor_endsAtOnce() {
        Countersign client = builder().build();
        client.identify("u_1"); // nobody can prove it
        assertFalse(client.close(1, TimeUnit.HOURS));
        collector.next(Answers.error(503, "KEYS_UNAVAILABLE").setHeader("Retry-After", "7200"));
        Countersign other = builder().build();
        other.track("a");
        assertFalse(other.close(1, TimeUnit.HOURS));
    }

    @Test
    void close_waitsForAProofThatIsBeingFetched() {
        Countersign client = builder()
                .proofProvider(request -> IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), 1)))
                .build();
        client.identify("u_1");
        assertTrue(client.close(1, TimeUnit.HOURS));
        assertEquals(1, collector.stored().size());
    }

    @Test
    void close_reportsWhatIsLostWithTheProcess() {
        List<String> drops = new ArrayList<>();
        RecordingListener heard = new RecordingListener();
        Countersign client =
                builder().callbackExecutor(Runnable::run).listener(heard).build();
        client.identify("u_1");
        assertFalse(client.close(10, TimeUnit.MILLISECONDS));
        drops.addAll(heard.drops);
        assertEquals(List.of("CLOSED 1"), drops);
        assertEquals(0, client.diagnostics().getQueuedEvents());
    }

    @Test
    void close_endsARequestThatHangs() {
        collector.next(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        Countersign client = builder().callTimeout(10, TimeUnit.MINUTES).build();
        client.track("a");
        assertFalse(client.close(300, TimeUnit.MILLISECONDS));
    }

    @Test
    void afterClose_noThreadIsLeft() throws InterruptedException {
        Countersign client = builder()
                .proofProvider(request -> IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), 1)))
                .build();
        client.identify("u_1");
        assertTrue(client.close(30, TimeUnit.SECONDS));
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("countersign-")) {
                assertTrue(thread.isDaemon(), thread.getName());
                thread.join(TimeUnit.SECONDS.toMillis(30));
                assertFalse(thread.isAlive(), thread.getName());
            }
        }
    }

    @Test
    void manyThreads_loseAndDoubleNothing() throws InterruptedException {
        AtomicInteger delivered = new AtomicInteger();
        try (Countersign client = builder().maxQueuedEvents(100_000).build()) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                String prefix = "t" + t + "-";
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < 1000; i++) {
                        client.track(prefix + i, Attributes.of("i", i), outcome -> delivered.incrementAndGet());
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertTrue(client.flush(50, TimeUnit.SECONDS));
        }
        assertEquals(8000, collector.stored().size());
        assertEquals(8000, collector.storedNames().stream().distinct().count());
    }

    @Test
    void usersWhoChangeWhileOthersTrack_neverMixWithinAnEvent() throws InterruptedException {
        Map<String, String> tokens = new ConcurrentHashMap<>();
        try (Countersign client = builder()
                .proofProvider(request -> IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), 1)))
                .build()) {
            CountDownLatch done = new CountDownLatch(2);
            for (int t = 0; t < 2; t++) {
                new Thread(() -> {
                            for (int i = 0; i < 500; i++) {
                                client.track("e");
                            }
                            done.countDown();
                        })
                        .start();
            }
            for (int i = 0; done.getCount() > 0; i++) {
                String user = "u_" + i % 5;
                client.identify(user, TestProofs.of(user, 1));
                tokens.put(user, TestProofs.value(user, 1));
                if (i % 3 == 0) {
                    client.clearSession();
                }
            }
            done.await();
            client.flush(5, TimeUnit.SECONDS);
        }
        for (SentEvent event : collector.sent()) {
            assertEquals(event.userId() == null ? null : tokens.get(event.userId()), event.token());
        }
    }

    @Test
    void drop_leavesNothingOfCallsThatRaceWithIt() throws InterruptedException {
        try (Countersign client =
                builder().flushEvery(1, TimeUnit.HOURS).flushAt(500).build()) {
            for (int i = 0; i < 1500; i++) {
                client.identify("u_" + i); // nobody can prove it: what is left over would wait
                CountDownLatch started = new CountDownLatch(1);
                Thread thread = new Thread(() -> {
                    for (int k = 0; k < 20; k++) {
                        client.track("e");
                        started.countDown();
                    }
                });
                thread.start();
                started.await();
                client.clearSession(ClearPolicy.DROP);
                thread.join();
            }
            assertTrue(client.flush(30, TimeUnit.SECONDS), "only the anonymous events of afterwards are left");
            assertEquals(0, client.diagnostics().getQueuedEvents());
            assertTrue(collector.sent().stream().allMatch(event -> event.userId() == null));
        }
    }

    @Test
    void aSharedHttpClient_lendsNeitherInterceptorsNorAnAuthenticator() {
        Interceptor spy = chain -> fail("an interceptor of the app saw a request");
        OkHttpClient shared = new OkHttpClient.Builder()
                .addInterceptor(spy)
                .addNetworkInterceptor(spy)
                .authenticator((route, response) -> fail("an authenticator saw a 401"))
                .build();
        collector.next(new MockResponse().setResponseCode(401).setHeader("WWW-Authenticate", "Basic realm=\"x\""));
        try (Countersign client = builder().httpClient(shared).build()) {
            client.track("a");
            assertTrue(client.flush(30, TimeUnit.SECONDS));
        }
        assertEquals(1, collector.stored().size());
        assertFalse(shared.dispatcher().executorService().isShutdown());
    }
}
