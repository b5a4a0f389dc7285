package dev.countersign.server.enforcement;

import dev.countersign.server.identity.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an event.
 *
 * @param reason why it was dropped or marked; null when it was verified or accepted
 */
public record Verdict(Outcome outcome, @Nullable RejectionReason reason) {

    /** From the best to the worst. */
    public enum Outcome {
        /** Taken, and proven to come from whom it names. */
        VERIFIED,
        /** Taken as it is: nobody has proven anything. */
        ACCEPTED,
        /** Taken though its proof failed, to be counted and never shown as verified. */
        MARKED_FAILED,
        /** Refused. */
        DROPPED
    }

    /** Whether the event is stored. */
    public boolean isAccepted() {
        return outcome != Outcome.DROPPED;
    }

    /** The worse of two, for an event that names a user and a group: a valid proof of one never covers the other. */
    public Verdict and(Verdict other) {
        return other.outcome.compareTo(outcome) > 0 ? other : this;
    }
}
