package dev.countersign.samples.collector.ingest;

import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.samples.collector.judging.Judgement;
import java.util.Objects;

/**
 * An event on its way to the store.
 *
 * @param position its position in the request
 * @param event the event
 * @param judgement what let it in
 */
record Taken(int position, Event event, Judgement judgement) {

    /** Whether nothing that is counted tells it from another, once the store says the same of both. */
    boolean isCountedAs(Taken other) {
        return judgement.outcome() == other.judgement.outcome()
                && Objects.equals(judgement.failure(), other.judgement.failure())
                && Objects.equals(judgement.strictReason(), other.judgement.strictReason())
                && Objects.equals(judgement.keyId(), other.judgement.keyId())
                && judgement.provenKeyIds().equals(other.judgement.provenKeyIds())
                && Objects.equals(event.appVersion(), other.event.appVersion());
    }
}
