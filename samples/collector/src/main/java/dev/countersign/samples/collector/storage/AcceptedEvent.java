package dev.countersign.samples.collector.storage;

import org.jspecify.annotations.Nullable;

/**
 * An event that enforcement let in, as it is stored. Holds no proof.
 *
 * @param environment the environment's id
 * @param id the event's id, unique within the environment
 * @param owner the user's id, or the anonymous id where {@code anonymous}
 * @param anonymous whether the owner is an anonymous id: the two kinds of id are kept apart
 * @param type {@code initialize}, {@code identify}, {@code group} or {@code track}
 * @param name the name of a tracked event, or null
 * @param verdict {@code VERIFIED}, {@code ACCEPTED} (nothing proven) or {@code MARKED_FAILED} (accepted although its
 *     proof is wrong)
 * @param reason why the proof is wrong, for {@code MARKED_FAILED}
 * @param keyId the id of the key that the proof was verified with, or was said to be made with
 * @param claimedAnonymousId the anonymous id that an event of a user names beside it, or null
 * @param receivedAt when it arrived, in milliseconds since 1970
 * @param body the event's JSON without its proofs
 */
public record AcceptedEvent(
        String environment,
        String id,
        String owner,
        boolean anonymous,
        String type,
        @Nullable String name,
        Verdict verdict,
        @Nullable String reason,
        @Nullable String keyId,
        @Nullable String claimedAnonymousId,
        long receivedAt,
        String body) {

    /** What is known about the owner of a stored event; kept for ever beside it. */
    public enum Verdict {
        /** The owner, and the group where one is named, is proven. */
        VERIFIED,
        /** Nothing is proven. */
        ACCEPTED,
        /** A proof was given and is wrong; the environment only observes. */
        MARKED_FAILED
    }

    /** Names no owner: it may reach a log. */
    @Override
    public String toString() {
        return "AcceptedEvent[" + type + ", " + verdict + "]";
    }
}
