package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestCollector;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An app that records events while others are being sent. */
@Timeout(60)
class SteadyLoadTest {

    @Test
    void eventsThatComeDuringRequests_waitForTheNextBatch() {
        try (TestClient rig = TestClient.overHttp()) {
            trackDuringRequests(rig, 1);
            track(rig.client, 20);
            rig.settle();
            assertEquals(List.of(20), sizes(rig.collector));
            rig.pass(30, TimeUnit.SECONDS);
            assertEquals(List.of(20, 1), sizes(rig.collector), "the rest goes when its time has come");
        }
    }

    @Test
    void aFullBatchThatGathersDuringARequest_goesAtOnce() {
        try (TestClient rig = TestClient.overHttp()) {
            rig.collector.nextBy(events -> {
                track(rig.client, 20);
                return rig.collector.judged(events);
            });
            track(rig.client, 20);
            rig.settle();
            assertEquals(List.of(20, 20), sizes(rig.collector));
        }
    }

    @Test
    void eventsThatFillABatchOverSeveralRequests_goTogether() {
        try (TestClient rig = TestClient.overHttp()) {
            track(rig.client, 20);
            trackDuringRequests(rig, 1);
            rig.settle();
            track(rig.client, 18);
            rig.settle();
            assertEquals(List.of(20), sizes(rig.collector));
            track(rig.client, 1);
            rig.settle();
            assertEquals(20, rig.collector.batches.get(1).size());
        }
    }

    @Test
    void aFlush_endsWhenItsOwnEventsAreGone() throws InterruptedException {
        try (TestCollector collector = new TestCollector()) {
            Countersign client = Countersign.builder("pk_test")
                    .endpoint(collector.url())
                    .memoryQueue()
                    .logger((level, message, cause) -> {})
                    .build();
            Semaphore turns = new Semaphore(0);
            AtomicBoolean over = new AtomicBoolean();
            Thread app = new Thread(() -> {
                while (!over.get()) {
                    turns.acquireUninterruptibly();
                    track(client, 20);
                }
            });
            app.start();
            for (int i = 0; i < 3000; i++) { // a full batch more before each answer
                collector.nextBy(events -> {
                    turns.release();
                    track(client, 1);
                    return collector.judged(events);
                });
            }
            track(client, 20);
            boolean flushed = client.flush(30, TimeUnit.SECONDS);
            int requests = collector.batches.size();
            over.set(true);
            turns.release();
            app.join();
            collector.clearScript();
            assertTrue(flushed);
            assertTrue(requests < 1000, requests + " requests until the flush ended");
            client.close(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void eventsTooOldDuringALongStep_areDropped() {
        try (TestClient rig = TestClient.overHttp(builder -> builder.maxEventAge(1, TimeUnit.HOURS))) {
            rig.client.identify("u_1"); // nobody can prove it
            for (int i = 0; i < 3; i++) {
                rig.collector.nextBy(events -> {
                    rig.clock.advance(TimeUnit.MINUTES.toMillis(45));
                    track(rig.client, 20);
                    return rig.collector.judged(events);
                });
            }
            rig.collector.nextBy(events -> {
                assertEquals(List.of("TOO_OLD 1"), rig.heard.drops, "told while the step goes on");
                return rig.collector.judged(events);
            });
            rig.client.clearSession();
            track(rig.client, 20);
            rig.step();
            assertEquals(List.of("TOO_OLD 1"), rig.heard.drops);
        }
    }

    private static void trackDuringRequests(TestClient rig, int events) {
        for (int i = 0; i < 50; i++) {
            rig.collector.nextBy(sent -> {
                track(rig.client, events);
                return rig.collector.judged(sent);
            });
        }
    }

    private static void track(Countersign client, int events) {
        for (int i = 0; i < events; i++) {
            client.track("e" + i);
        }
    }

    private static List<Integer> sizes(TestCollector collector) {
        return collector.batches.stream().map(List::size).toList();
    }
}
