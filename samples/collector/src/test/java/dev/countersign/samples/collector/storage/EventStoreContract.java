package dev.countersign.samples.collector.storage;

import static dev.countersign.samples.collector.storage.StoreOutcome.CONFLICT;
import static dev.countersign.samples.collector.storage.StoreOutcome.DUPLICATE;
import static dev.countersign.samples.collector.storage.StoreOutcome.REPLACED;
import static dev.countersign.samples.collector.storage.StoreOutcome.STORED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.samples.collector.storage.AcceptedEvent.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link EventStore} does. An implementation's test extends this. */
public abstract class EventStoreContract {
    private static final String ID = "0199a5a0-0000-7000-8000-000000000001";

    /** Stores events; what becomes of them, once that is known. */
    abstract CompletableFuture<List<StoreOutcome>> settle(List<AcceptedEvent> events);

    private static AcceptedEvent event(String environment, String id, Verdict verdict, String body) {
        return new AcceptedEvent(environment, id, "u_1", false, "track", "n", verdict, null, "k1", null, 1L, body);
    }

    private StoreOutcome append(String environment, Verdict verdict, String body) {
        return settle(List.of(event(environment, ID, verdict, body))).join().get(0);
    }

    @Test
    void aNewId_isStored_andInAnotherEnvironmentToo() {
        assertEquals(STORED, append("e1", Verdict.VERIFIED, "{}"));
        assertEquals(STORED, append("e2", Verdict.VERIFIED, "{}"));
    }

    @Test
    void theSameContentAgain_isADuplicate_whateverTheOrderOfItsMembers() {
        append("e1", Verdict.VERIFIED, "{\"a\":1,\"b\":[true,{\"c\":null,\"d\":\"x\"}]}");

        assertEquals(DUPLICATE, append("e1", Verdict.VERIFIED, "{\"b\":[true,{\"d\":\"x\",\"c\":null}],\"a\":1}"));
        assertEquals(DUPLICATE, append("e1", Verdict.ACCEPTED, "{\"a\":1,\"b\":[true,{\"c\":null,\"d\":\"x\"}]}"));
    }

    @Test
    void otherContent_isAConflict() {
        append("e1", Verdict.VERIFIED, "{\"a\":1}");

        assertEquals(CONFLICT, append("e1", Verdict.VERIFIED, "{\"a\":\"1\"}"));
        assertEquals(CONFLICT, append("e1", Verdict.VERIFIED, "{\"a\":1.0}"));
        assertEquals(CONFLICT, append("e1", Verdict.VERIFIED, "{\"a\":1,\"b\":null}"));
        assertEquals(DUPLICATE, append("e1", Verdict.VERIFIED, "{\"a\":1}"));
    }

    @Test
    void aVerifiedEvent_replacesAnUnverifiedOne_andNothingReplacesIt() {
        append("e1", Verdict.ACCEPTED, "{\"a\":1}");
        assertEquals(CONFLICT, append("e1", Verdict.MARKED_FAILED, "{\"a\":2}"));

        assertEquals(REPLACED, append("e1", Verdict.VERIFIED, "{\"a\":2}"));

        assertEquals(CONFLICT, append("e1", Verdict.ACCEPTED, "{\"a\":1}"));
        assertEquals(CONFLICT, append("e1", Verdict.VERIFIED, "{\"a\":3}"));
        assertEquals(DUPLICATE, append("e1", Verdict.VERIFIED, "{\"a\":2}"));
    }

    @Test
    void theOutcomes_areInTheOrderOfTheEvents() {
        AcceptedEvent first = event("e1", ID, Verdict.VERIFIED, "{}");
        AcceptedEvent second = event("e1", ID.replace('1', '2'), Verdict.VERIFIED, "{}");

        assertEquals(
                List.of(STORED, STORED, DUPLICATE),
                settle(List.of(first, second, first)).join());
        assertEquals(List.of(), settle(List.of()).join());
    }

    @Test
    void manyAtOnce_areStoredOnce() {
        List<CompletableFuture<List<StoreOutcome>>> appends = IntStream.range(0, 200)
                .mapToObj(i -> settle(List.of(event("e1", ID, Verdict.VERIFIED, "{}"))))
                .toList();

        long stored = appends.stream()
                .filter(append -> append.join().get(0) == STORED)
                .count();

        assertEquals(1, stored);
    }
}
