package dev.countersign.samples.collector.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.OverloadedException;
import dev.countersign.samples.collector.storage.StorageException;
import dev.countersign.samples.collector.storage.StoreOutcome;
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
    void moreThanFits_isTurnedAwayAtOnce_andWithTheBrokerBackAllIsTakenAgain() {
        ScaledSettings settings = Engines.shared().fresh("test");
        Topic.create(settings);
        try (KafkaEventStore store = new KafkaEventStore(Topic.producer(settings), settings.topic(), null)) {
            store.append(batch()).join();
            List<CompletableFuture<List<StoreOutcome>>> waiting = new ArrayList<>();
            try (Engines.Paused paused = Engines.shared().pauseBroker()) {
                assertThrows(OverloadedException.class, () -> {
                    while (waiting.size() < 1_000) {
                        waiting.add(store.append(batch()));
                    }
                });
                assertTrue(waiting.size() > 50, waiting.size() + " requests were taken");
                assertTrue(store.waitingBytes() <= KafkaEventStore.MAX_WAITING_BYTES);
                for (CompletableFuture<List<StoreOutcome>> request : waiting) {
                    CompletionException failure = assertThrows(CompletionException.class, request::join);
                    assertEquals(StorageException.class, failure.getCause().getClass());
                }
                assertEquals(0, store.waitingBytes());
            }
            while (!isTaken(store)) {
                // A broker that was away for long first finds its way back into its cluster.
            }
        }
    }

    private static boolean isTaken(KafkaEventStore store) {
        try {
            return store.append(batch()).join().size() == 50;
        } catch (CompletionException e) {
            return false;
        }
    }
}
