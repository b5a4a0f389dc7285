package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.scaled.Engines;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A collector ends while it certainly waits for the broker's word: what was acknowledged is stored, once. */
@Timeout(120)
class CollectorCommitPendingTest {
    private static final int EVENTS = 200;

    /** After ten seconds a collector says that the broker does not answer. */
    private static final long PATIENCE_NANOS = 8_000_000_000L;

    @TempDir
    Path directory;

    private static String[] events() {
        return Stream.generate(() -> Events.track(Events.id(), Events.user("u_1")))
                .limit(EVENTS)
                .toArray(String[]::new);
    }

    /** A request whose events wait in the collector for the broker, which stands still. */
    private static CompletableFuture<Answer> sendUntilItHangs(TestEnvironment at, String... events) {
        CompletableFuture<Answer> answer =
                CompletableFuture.supplyAsync(() -> at.client().batch(at, events));
        while (at.client().get("/metrics").text().contains("\ncollector_queue_bytes 0\n")) {
            assertFalse(answer.isDone());
        }
        for (int i = 0; i < 20; i++) { // An answer that does not wait for the broker would come meanwhile.
            assertEquals(200, at.client().get("/metrics").status());
            assertFalse(answer.isDone());
        }
        return answer;
    }

    private static boolean takesRequests(TestClient client) {
        try {
            return client.get("/health").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private TestEnvironment in(CollectorProcess process, TestEnvironment environment) throws Exception {
        return new TestEnvironment(new TestClient(process.awaitUrl()), environment.id(), environment.apiKey());
    }

    @Test
    void killed_itHasAcknowledgedNothing_andTheSameEventsAtTheOther_areStoredOnce() throws Exception {
        try (ScaledTestStorage storage = new ScaledTestStorage();
                Collector other = storage.start(Time.ofSystem());
                CollectorProcess process = storage.startProcess(directory.resolve("output.txt"))) {
            TestEnvironment environment = new TestClient(other.url()).environment("hmac-hex", "OPTIONAL", "REJECT");
            TestEnvironment there = in(process, environment);
            String[] events = events();
            CompletableFuture<Answer> lost;
            try (Engines.Paused broker = Engines.shared().pauseBroker()) {
                lost = sendUntilItHangs(there, events);
                process.kill();
            }
            assertThrows(CompletionException.class, lost::join);

            Answer again = environment.client().batch(environment, events);
            while (again.status() == 503) { // A broker that was away for long first finds its way back.
                again = environment.client().batch(environment, events);
            }

            assertEquals(EVENTS, again.number("accepted"));
            assertStoredOnce(EVENTS, storage.rows(environment, "id"));
        }
    }

    @Test
    void endedInOrder_itTakesNoMore_andAnswersWhatItOwes() throws Exception {
        try (ScaledTestStorage storage = new ScaledTestStorage();
                CollectorProcess process = storage.startProcess(directory.resolve("output.txt"))) {
            TestClient client = new TestClient(process.awaitUrl());
            TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
            CompletableFuture<Answer> owed;
            long start = System.nanoTime();
            boolean inTime;
            try (Engines.Paused broker = Engines.shared().pauseBroker()) {
                owed = sendUntilItHangs(environment, events());
                process.process().destroy();
                while (takesRequests(client)) {
                    LockSupport.parkNanos(1_000_000);
                }
                inTime = System.nanoTime() - start < PATIENCE_NANOS;
                assertTrue(!inTime || !owed.isDone());
            }

            assertEquals(
                    inTime ? 200 : owed.join().status(),
                    owed.join().status(),
                    owed.join().text());
            assertTrue(process.terminate());
            if (owed.join().status() == 200) {
                assertStoredOnce(EVENTS, storage.rows(environment, "id"));
            } else {
                assertEquals("STORAGE_UNAVAILABLE", owed.join().at("error", "code"));
            }
        }
    }

    private static void assertStoredOnce(int events, List<String> ids) {
        assertEquals(events, ids.size());
        assertEquals(events, new HashSet<>(ids).size());
    }
}
