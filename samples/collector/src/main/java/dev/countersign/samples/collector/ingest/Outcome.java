package dev.countersign.samples.collector.ingest;

import dev.countersign.samples.collector.event.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What became of one entry of a request.
 *
 * @param id the event's id, or null
 * @param duplicate whether it was stored before
 * @param refusal why it is not stored; null when it is
 */
record Outcome(
        @Nullable String id, boolean duplicate, @Nullable Refusal refusal) {
    static Outcome accepted(@Nullable String id) {
        return new Outcome(id, false, null);
    }

    static Outcome duplicate(@Nullable String id) {
        return new Outcome(id, true, null);
    }

    static Outcome refused(@Nullable String id, Refusal refusal) {
        return new Outcome(id, false, refusal);
    }
}
