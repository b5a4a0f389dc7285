package dev.countersign.samples.collector.ingest;

import dev.countersign.samples.collector.event.Entry;
import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.samples.collector.event.Refusal;
import dev.countersign.samples.collector.judging.EventJudge;
import dev.countersign.samples.collector.judging.Judgement;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.EventStore;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Judges what was read and stores what is let in; each entry has its own outcome. Thread-safe, does not block. */
public final class Ingest {
    private final EventStore store;
    private final Observation observation;
    private final Clock clock;
    private final EventIds ids = new EventIds();

    /**
     * The path from a read request to the store.
     *
     * @param store where accepted events go
     * @param observation is told what becomes of each entry
     * @param clock when they arrive
     */
    public Ingest(EventStore store, Observation observation, Clock clock) {
        this.store = store;
        this.observation = observation;
        this.clock = clock;
    }

    /** The outcomes of a request's entries, in their order, once what was accepted is durable; completed by the executor. */
    CompletableFuture<List<Outcome>> submit(LiveEnvironment environment, List<Entry> entries, Executor answering) {
        EventJudge judge = environment.judge(); // One judge for the whole request, whatever changes meanwhile.
        Outcome[] outcomes = new Outcome[entries.size()];
        List<Taken> taken = new ArrayList<>(entries.size());
        List<AcceptedEvent> accepted = new ArrayList<>(entries.size());
        List<Refused> refused = new ArrayList<>(0);
        List<Judgement> judgements = new ArrayList<>(entries.size());
        long now = clock.millis();
        long start = System.nanoTime();
        for (int i = 0; i < outcomes.length; i++) {
            Entry entry = entries.get(i);
            Judgement judgement = entry instanceof Event event ? judge.judge(event) : null;
            if (judgement != null) {
                judgements.add(judgement);
            }
            Refusal refusal = judgement == null ? ((Entry.Broken) entry).refusal() : judgement.refusal();
            if (refusal != null) {
                outcomes[i] = Outcome.refused(entry.id(), refusal);
                refused.add(new Refused(entry, refusal, judgement));
            } else if (entry instanceof Event event && judgement != null) {
                taken.add(new Taken(i, event, judgement));
                accepted.add(accepted(environment.environment().id(), event, judgement, now));
            }
        }
        observation.proven(judgements, now);
        observation.verified(System.nanoTime() - start, outcomes.length);
        long submitted = System.nanoTime();
        // Async: answers are not written by the thread that writes the database.
        return store.append(accepted)
                .thenApplyAsync(
                        stored -> {
                            observation.stored(System.nanoTime() - submitted, stored.size());
                            for (Refused entry : refused) {
                                observation.refused(environment, entry.entry, entry.refusal, entry.judgement, now);
                            }
                            observation.stored(environment, taken, stored, now);
                            for (int i = 0; i < stored.size(); i++) {
                                outcomes[taken.get(i).position()] =
                                        outcome(taken.get(i).event().id(), stored.get(i));
                            }
                            return Arrays.asList(outcomes);
                        },
                        answering);
    }

    private record Refused(
            Entry entry, Refusal refusal, @Nullable Judgement judgement) {}

    private static Outcome outcome(@Nullable String id, StoreOutcome stored) {
        return switch (stored) {
            case STORED, REPLACED -> Outcome.accepted(id);
            case DUPLICATE -> Outcome.duplicate(id);
            case CONFLICT ->
                Outcome.refused(
                        id, new Refusal(Refusal.Code.EVENT_ID_CONFLICT, null, "another event with this id is stored"));
        };
    }

    private AcceptedEvent accepted(String environment, Event event, Judgement judgement, long now) {
        String owner = event.userId() != null ? event.userId() : event.anonymousId();
        String id = event.id();
        return new AcceptedEvent(
                environment,
                id == null ? ids.next(now) : id,
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
                event.userId() == null ? null : event.anonymousId(),
                now,
                event.body());
    }
}
