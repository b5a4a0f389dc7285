package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A key is rotated while clients send to two collectors, of which each hears of it at another time. */
@Timeout(120)
class PromotionUnderLoadTest {
    private static final int SENDERS = 4;
    private static final int EVENTS = 50;
    /** Of each phase, at each collector. */
    private static final int ENOUGH = 1_000;

    private volatile TestEnvironment.Key signing;
    private volatile boolean running = true;
    private final Map<String, LongAdder> accepted = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();

    @Test
    @Tag("R41")
    void underLoad_aNewKeyIsPromotedOnlyAfterBothReportIt_andNothingIsRefused() {
        SteppedTime stepsOfOne = new SteppedTime();
        SteppedTime stepsOfTwo = new SteppedTime();
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try (ScaledTestStorage storage = new ScaledTestStorage();
                Collector one = storage.start("one", stepsOfOne.time());
                Collector two = storage.start("two", stepsOfTwo.time())) {
            TestEnvironment atOne = new TestClient(one.url()).environment("hmac-hex", "STRICT", "REJECT");
            TestEnvironment atTwo = new TestEnvironment(new TestClient(two.url()), atOne.id(), atOne.apiKey());
            signing = atOne.createKey();
            storage.cutNews(); // What they hear, they hear by their own refreshes, one after the other.
            stepsOfOne.losePatience();
            List<CompletableFuture<Void>> senders = IntStream.range(0, SENDERS)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> sendTo(i % 2 == 0 ? atOne : atTwo), threads))
                    .toList();
            long start = System.nanoTime();
            awaitTraffic(atOne, atTwo);

            Answer created = atOne.createKeyAnswer();
            TestEnvironment.Key fresh = new TestEnvironment.Key(created.at("id"), "PENDING", created.at("secret"));
            Answer nobodyHasIt = atOne.promote(fresh);
            awaitTraffic(atOne, atTwo);
            int tooEarly = atTwo.client().event(atTwo, event(fresh)).status();
            stepsOfOne.pass(Duration.ofSeconds(60));
            Answer oneHasIt = atOne.promote(fresh);
            awaitTraffic(atOne, atTwo);
            stepsOfTwo.pass(Duration.ofSeconds(60));
            Answer bothHaveIt = atOne.promote(fresh);
            signing = fresh; // The back ends switch.
            awaitTraffic(atOne, atTwo);
            stepsOfTwo.pass(Duration.ofSeconds(60));
            awaitTraffic(atOne, atTwo);
            running = false;
            senders.forEach(CompletableFuture::join);
            double seconds = (System.nanoTime() - start) / 1e9;

            long sent = accepted.values().stream().mapToLong(LongAdder::sum).sum();
            System.out.printf("PROMOTION under load: %.0f events/s, accepted %s%n", sent / seconds, accepted);
            assertEquals(List.of(), List.copyOf(refused));
            assertTrue(nobodyHasIt.text().contains("collector two (version 1 of 2)"), nobodyHasIt.text());
            assertEquals("VERIFIERS_BEHIND", nobodyHasIt.at("error", "code"));
            assertEquals(401, tooEarly, "a promotion then would have refused what is signed with the new key");
            assertEquals("VERIFIERS_BEHIND", oneHasIt.at("error", "code"));
            assertTrue(oneHasIt.<String>at("error", "message").contains("collector two"), oneHasIt.text());
            assertTrue(!oneHasIt.<String>at("error", "message").contains("collector one"), oneHasIt.text());
            assertEquals("CHANGE_NOT_CONFIRMED", bothHaveIt.at("error", "code"), "stored; two hears of it later");
            assertTrue(atTwo.client().get(atTwo.path("/keys")).text().contains("\"PRIMARY\""));
            assertEquals(sent, storage.rows(atOne, "id").size());
        } finally {
            running = false;
            threads.shutdown();
        }
    }

    private void sendTo(TestEnvironment environment) {
        while (running) {
            TestEnvironment.Key key = signing;
            List<String> events = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                events.add(event(key));
            }
            Answer answer = environment.client().batch(environment, events.toArray(String[]::new));
            if (answer.status() == 200 && answer.number("accepted") == EVENTS) {
                count(environment, key).add(EVENTS);
            } else {
                refused.add(answer.text());
            }
        }
    }

    private static String event(TestEnvironment.Key key) {
        return Events.track(Events.id(), Events.user("u_1", Proofs.hex(key.secret(), "u_1")));
    }

    private LongAdder count(TestEnvironment environment, TestEnvironment.Key key) {
        return accepted.computeIfAbsent(key.id() + " at " + environment.client().url(), unseen -> new LongAdder());
    }

    /** Until each collector has taken many more events of the key that signs. */
    private void awaitTraffic(TestEnvironment... collectors) {
        for (TestEnvironment collector : collectors) {
            LongAdder count = count(collector, signing);
            long until = count.sum() + ENOUGH;
            while (count.sum() < until && refused.isEmpty()) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
