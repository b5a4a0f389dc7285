package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.scaled.Engines;
import dev.countersign.samples.collector.storage.EventStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A broker that stands still, as clients see it over HTTP: what waits is bounded, the rest is told to come again, and
 * after ten seconds nothing of what waited is said to be stored.
 */
@Timeout(120)
class BackPressureTest {
    private static final int REQUESTS = 60;
    private static final int EVENTS = 25;
    private static final int EVENT_BYTES = 30_000;
    /** What may wait for the broker, as the documentation says. */
    private static final long MOST = 32L << 20;

    /** A request, the ids of its events and what became of it. */
    private record Sent(List<String> ids, Answer answer) {}

    @Test
    void aBrokerThatStandsStill_isAnsweredWith429_and503_andWhatWasAcknowledgedIsStored() {
        try (ScaledTestStorage storage = new ScaledTestStorage();
                Collector collector = storage.start("one", Time.ofSystem())) {
            TestEnvironment environment = new TestClient(collector.url()).environment("hmac-hex", "OPTIONAL", "REJECT");
            EventStore store = collector.bean(EventStore.class);
            ExecutorService senders = Executors.newFixedThreadPool(REQUESTS);
            List<CompletableFuture<Sent>> requests = new ArrayList<>();
            long waiting;
            List<Sent> after = new ArrayList<>(List.of(send(environment)));
            List<Sent> hung;
            try (Engines.Paused broker = Engines.shared().pauseBroker()) {
                for (int i = 0; i < REQUESTS; i++) {
                    requests.add(CompletableFuture.supplyAsync(() -> send(environment), senders));
                }
                // More than these do not fit: their events alone are longer than what may wait.
                int fit = (int) (MOST / EVENTS / EVENT_BYTES);
                while (requests.stream().filter(CompletableFuture::isDone).count() < REQUESTS - fit) {
                    LockSupport.parkNanos(1_000_000);
                }
                waiting = store.waitingBytes();
                after.add(send(environment));
                hung = requests.stream().map(CompletableFuture::join).toList();
            }
            senders.shutdown();
            while (after.get(after.size() - 1).answer.status() != 200) {
                after.add(send(environment)); // A broker that was away for long first finds its way back.
            }
            List<Sent> all = new ArrayList<>(after);
            all.addAll(hung);

            assertTrue(waiting > MOST / 2 && waiting <= MOST, "waiting bytes " + waiting);
            assertEquals(0, store.waitingBytes());
            List<Sent> turnedAway =
                    all.stream().filter(sent -> sent.answer.status() == 429).toList();
            for (Sent sent : turnedAway) {
                assertEquals("OVERLOADED", sent.answer.at("error", "code"));
                assertTrue(sent.answer.text().contains("too many events wait to be stored"), sent.answer.text());
                assertEquals(
                        "1",
                        sent.answer
                                .response()
                                .headers()
                                .firstValue("Retry-After")
                                .orElse(""));
            }
            assertTrue(turnedAway.size() > REQUESTS / 4, "turned away " + turnedAway.size());
            hung.stream()
                    .filter(sent -> sent.answer.status() != 429)
                    .forEach(sent -> assertEquals("STORAGE_UNAVAILABLE", sent.answer.at("error", "code")));
            assertStored(environment, storage, all, turnedAway);
        }
    }

    /** Acknowledged is stored, once; turned away is not. The others the broker may have taken all the same. */
    private static void assertStored(
            TestEnvironment environment, TestStorage storage, List<Sent> all, List<Sent> turnedAway) {
        List<String> rows = storage.rows(environment, "id");
        Set<String> stored = new HashSet<>(rows);
        assertEquals(rows.size(), stored.size());
        turnedAway.forEach(sent -> assertTrue(Collections.disjoint(stored, sent.ids)));
        for (Sent sent : all) {
            if (sent.answer.status() == 200) {
                assertTrue(stored.containsAll(sent.ids), "acknowledged and not stored");
            }
        }
    }

    private static Sent send(TestEnvironment environment) {
        List<String> ids = new ArrayList<>();
        List<String> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            ids.add(Events.id());
            events.add(Events.track(
                    ids.get(i), Events.user("u_1"), "\"properties\":{\"x\":\"" + "y".repeat(EVENT_BYTES) + "\"}"));
        }
        // Packed, so that it is the broker's limit that counts, not the one of bodies under way.
        byte[] gzip = TestClient.gzip("{\"events\":[" + String.join(",", events) + "]}");
        return new Sent(ids, environment.client().ingestGzip(environment.apiKey(), "/batch", gzip));
    }
}
