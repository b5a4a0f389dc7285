package dev.countersign.samples.collector.ingest;

import dev.countersign.samples.collector.event.Entry;
import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.samples.collector.event.Refusal;
import dev.countersign.samples.collector.judging.EventJudge;
import dev.countersign.samples.collector.judging.Judgement;
import dev.countersign.samples.collector.runtime.Counters;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.EventStore;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Judges what was read and stores what is let in; each entry has its own outcome. Thread-safe, does not block. */
public final class Ingest {
    private final EventStore store;
    private final Clock clock;

    /**
     * The path from a read request to the store.
     *
     * @param store where accepted events go
     * @param clock when they arrive
     */
    public Ingest(EventStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The outcomes of a request's entries, in their order, once what was accepted is durable. */
    CompletableFuture<List<Outcome>> submit(LiveEnvironment environment, List<Entry> entries) {
        EventJudge judge = environment.judge(); // One judge for the whole request, whatever changes meanwhile.
        Outcome[] outcomes = new Outcome[entries.size()];
        List<Taken> taken = new ArrayList<>(entries.size());
        Counters counters = environment.counters();
        long now = clock.millis();
        for (int i = 0; i < outcomes.length; i++) {
            if (entries.get(i) instanceof Event event) {
                Judgement judgement = judge.judge(event);
                judgement.provenKeyIds().forEach(keyId -> counters.countProof(keyId, now));
                if (judgement.refusal() == null) {
                    AcceptedEvent accepted = accepted(environment.environment().id(), event, judgement, now);
                    taken.add(new Taken(i, accepted, judgement.provenKeyIds()));
                } else {
                    outcomes[i] = Outcome.refused(event.id(), judgement.refusal());
                }
            } else if (entries.get(i) instanceof Entry.Broken broken) {
                outcomes[i] = Outcome.refused(broken.id(), broken.refusal());
            }
        }
        // Async: answers are not written by the thread that writes the database.
        return store.append(taken.stream().map(Taken::event).toList()).thenApplyAsync(stored -> {
            count(counters, outcomes);
            for (int i = 0; i < stored.size(); i++) {
                outcomes[taken.get(i).position] = outcome(counters, taken.get(i), stored.get(i));
            }
            return Arrays.asList(outcomes);
        });
    }

    /** An event on its way to the store, its position in the request, and the keys that its proofs were made with. */
    private record Taken(int position, AcceptedEvent event, Set<String> provenKeyIds) {}

    private static void count(Counters counters, Outcome[] refused) {
        for (Outcome outcome : refused) {
            if (outcome != null && outcome.refusal() != null) {
                counters.count(outcome.refusal());
            }
        }
    }

    private static Outcome outcome(Counters counters, Taken taken, StoreOutcome stored) {
        AcceptedEvent event = taken.event;
        counters.count(stored);
        if (stored == StoreOutcome.STORED || stored == StoreOutcome.REPLACED) {
            taken.provenKeyIds.forEach(counters::countAccepted);
        }
        if (event.verdict() == AcceptedEvent.Verdict.MARKED_FAILED && event.reason() != null) {
            counters.countFailed(event.reason());
        }
        return switch (stored) {
            case STORED, REPLACED -> Outcome.accepted(event.id());
            case DUPLICATE -> Outcome.duplicate(event.id());
            case CONFLICT ->
                Outcome.refused(
                        event.id(),
                        new Refusal(Refusal.Code.EVENT_ID_CONFLICT, null, "another event with this id is stored"));
        };
    }

    private static AcceptedEvent accepted(String environment, Event event, Judgement judgement, long now) {
        String owner = event.userId() != null ? event.userId() : event.anonymousId();
        return new AcceptedEvent(
                environment,
                event.id(),
                String.valueOf(owner),
                event.userId() == null,
                event.type().wireName(),
                event.name(),
                switch (judgement.outcome()) {
                    case VERIFIED -> AcceptedEvent.Verdict.VERIFIED;
                    case ACCEPTED -> AcceptedEvent.Verdict.ACCEPTED;
                    case MARKED_FAILED -> AcceptedEvent.Verdict.MARKED_FAILED;
                    case DROPPED -> throw new IllegalArgumentException("a dropped event is not stored");
                },
                judgement.failure(),
                judgement.keyId(),
                now,
                event.body());
    }
}
