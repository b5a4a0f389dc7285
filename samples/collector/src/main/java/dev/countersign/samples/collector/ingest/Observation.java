package dev.countersign.samples.collector.ingest;

import dev.countersign.samples.collector.event.Entry;
import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.samples.collector.event.Refusal;
import dev.countersign.samples.collector.judging.Judgement;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.storage.StoreOutcome;
import dev.countersign.samples.collector.traffic.Fate;
import dev.countersign.samples.collector.traffic.SeenEvent;
import dev.countersign.samples.collector.traffic.Stages;
import dev.countersign.samples.collector.traffic.Traffic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what becomes of events to all who count them. Thread-safe, without I/O. */
public final class Observation {
    private final Traffic traffic;
    private final Stages stages;

    /**
     * An observation.
     *
     * @param traffic counts events
     * @param stages counts time
     */
    public Observation(Traffic traffic, Stages stages) {
        this.traffic = traffic;
        this.stages = stages;
    }

    /** Counts the proofs of a request that held; those of one key in a row at once, in most requests all. */
    void proven(List<Judgement> judgements, long at) {
        for (int from = 0, to; from < judgements.size(); from = to) {
            List<String> keyIds = judgements.get(from).provenKeyIds();
            to = from + 1;
            while (to < judgements.size() && judgements.get(to).provenKeyIds().equals(keyIds)) {
                to++;
            }
            for (String keyId : keyIds) {
                traffic.countProofs(keyId, at, to - from);
            }
        }
    }

    void verified(long nanos, int events) {
        stages.verified(nanos, events);
    }

    void stored(long nanos, int events) {
        stages.stored(nanos, events);
    }

    void refused(LiveEnvironment environment, Entry entry, Refusal refusal, @Nullable Judgement judgement, long at) {
        environment.counters().count(refusal);
        Event event = entry instanceof Event readable ? readable : null;
        String version = event == null ? null : event.appVersion();
        traffic.count(environment.environment().id(), at, Fate.REFUSED, refusal.countedAs(), version, 1);
        String keyId = judgement == null ? null : judgement.keyId();
        environment
                .feed()
                .add(
                        event == null
                                ? new SeenEvent(
                                        at,
                                        Fate.REFUSED,
                                        refusal.countedAs(),
                                        null,
                                        null,
                                        null,
                                        false,
                                        null,
                                        null,
                                        null)
                                : seen(event, at, Fate.REFUSED, refusal.countedAs(), keyId));
    }

    /** Counts what the store said of events; those alike in a row at once, in most requests all. */
    void stored(LiveEnvironment environment, List<Taken> taken, List<StoreOutcome> outcomes, long at) {
        for (int from = 0, to; from < taken.size(); from = to) {
            to = from + 1;
            while (to < taken.size()
                    && outcomes.get(to) == outcomes.get(from)
                    && taken.get(to).isCountedAs(taken.get(from))) {
                to++;
            }
            stored(environment, taken.subList(from, to), outcomes.get(from), at);
        }
    }

    private void stored(LiveEnvironment environment, List<Taken> alike, StoreOutcome outcome, long at) {
        int number = alike.size();
        Judgement judgement = alike.get(0).judgement();
        environment.counters().count(outcome, number);
        String failure = judgement.failure();
        if (failure != null) {
            environment.counters().countFailed(failure, number);
        }
        Fate fate = fate(judgement, outcome);
        String reason = switch (outcome) {
            case CONFLICT -> Refusal.Code.EVENT_ID_CONFLICT.name();
            case DUPLICATE -> null;
            case STORED, REPLACED -> judgement.strictReason();
        };
        String version = alike.get(0).event().appVersion();
        traffic.count(environment.environment().id(), at, fate, reason, version, number);
        if (outcome == StoreOutcome.STORED || outcome == StoreOutcome.REPLACED) {
            for (String keyId : judgement.provenKeyIds()) {
                traffic.countAccepted(keyId, at, number);
            }
        }
        String shown = fate == Fate.REFUSED ? reason : failure;
        for (Taken one : alike) {
            environment.feed().add(seen(one.event(), at, fate, shown, judgement.keyId()));
        }
    }

    private static Fate fate(Judgement judgement, StoreOutcome outcome) {
        return switch (outcome) {
            case CONFLICT -> Fate.REFUSED;
            case DUPLICATE -> Fate.DUPLICATE;
            case STORED, REPLACED ->
                switch (judgement.outcome()) {
                    case VERIFIED -> Fate.VERIFIED;
                    case ACCEPTED -> Fate.ACCEPTED;
                    case MARKED_FAILED -> Fate.MARKED_FAILED;
                    case DROPPED -> Fate.REFUSED;
                };
        };
    }

    private static SeenEvent seen(Event event, long at, Fate fate, @Nullable String reason, @Nullable String keyId) {
        String userId = event.userId();
        return new SeenEvent(
                at,
                fate,
                reason,
                event.type().wireName(),
                event.name(),
                userId == null ? event.anonymousId() : userId,
                userId == null,
                event.groupId(),
                keyId,
                event.appVersion());
    }
}
