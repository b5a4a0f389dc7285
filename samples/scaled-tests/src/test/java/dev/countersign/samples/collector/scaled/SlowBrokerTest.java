package dev.countersign.samples.collector.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.OverloadedException;
import dev.countersign.samples.collector.storage.StorageException;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that stands still: what waits is bounded, the rest is turned away (429), and nothing is claimed stored. */
@Timeout(120)
class SlowBrokerTest {
    private static final String BODY = "{\"x\":\"" + "y".repeat(10_000) + "\"}";

    private static List<AcceptedEvent> batch() {
        List<AcceptedEvent> events = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            events.add(new AcceptedEvent(
                    "e1",
                    UUID.randomUUID().toString(),
                    "u_" + i,
                    false,
                    "track",
                    "n",
                    AcceptedEvent.Verdict.VERIFIED,
                    null,
                    null,
                    null,
                    1L,
                    BODY));
        }
        return events;
    }

    @Test
    void moreThanFits_isTurnedAwayAtOnce_andWithTheBrokerBackAllIsTakenAgain() throws Exception {
        Engines.requireBuilt();
        Path directory = Files.createTempDirectory(Engines.target(), "slow");
        int port = EngineProcess.freePort();
        try (EngineProcess broker = EngineProcess.broker(directory, port, EngineProcess.freePort())) {
            ScaledSettings settings = new ScaledSettings("unused", "", "", "127.0.0.1:" + port, "events", 3, 1, "test");
            Topic.create(settings);
            try (KafkaEventStore store = new KafkaEventStore(Topic.producer(settings), "events", null)) {
                store.append(batch()).join();
                broker.signal("STOP");
                List<CompletableFuture<List<StoreOutcome>>> waiting = new ArrayList<>();
                long start = System.nanoTime();
                assertThrows(OverloadedException.class, () -> {
                    while (waiting.size() < 1_000) {
                        waiting.add(store.append(batch()));
                    }
                });
                double seconds = (System.nanoTime() - start) / 1e9;

                assertTrue(waiting.size() > 50, waiting.size() + " requests were taken");
                assertTrue(store.waitingBytes() <= KafkaEventStore.MAX_WAITING_BYTES);
                assertTrue(seconds < 5, "turned away only after " + seconds + " s");
                for (CompletableFuture<List<StoreOutcome>> request : waiting) {
                    CompletionException failure = assertThrows(CompletionException.class, request::join);
                    assertEquals(StorageException.class, failure.getCause().getClass());
                }
                assertEquals(0, store.waitingBytes());
                broker.signal("CONT");
                assertEquals(50, store.append(batch()).join().size());
            }
        }
        Engines.delete(directory);
    }
}
