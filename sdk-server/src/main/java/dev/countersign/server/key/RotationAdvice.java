package dev.countersign.server.key;

import static dev.countersign.server.key.KeyStatus.PENDING;
import static dev.countersign.server.key.KeyStatus.RETIRING;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Says which step of a rotation is safe next, when, and why. A pure function of the ring and of what is known about
 * its roll-out.
 *
 * @param step what to do next
 * @param keyId the key that the step concerns; null for {@link Step#ADD}
 * @param notBefore when the step is safe; null while something else must happen first, which {@code why} names
 * @param why one sentence for an operator
 */
public record RotationAdvice(
        Step step, @Nullable String keyId, @Nullable Instant notBefore, String why) {

    /** The steps, in the order of a rotation. */
    public enum Step {
        /** {@link KeyRotation#add}: nothing is under way. */
        ADD,
        /** {@link KeyRotation#promote}, once every verifier holds the pending key and every back end has loaded it. */
        PROMOTE,
        /** {@link KeyRotation#revoke}, once no proof of the retiring key can be alive. */
        REVOKE
    }

    /**
     * What is known about the roll-out of the ring.
     *
     * @param rolledOutAt since when every verifier and every back end holds the pending key; null while not known
     * @param switchedAt since when the last back end signs with the present primary; null while one still uses another
     * @param retiringLastSeen when a proof of a retiring key was last accepted; null when never seen
     * @param proofLifetime the longest time that a client keeps a proof: the signers' {@code expiresAfter}
     * @param margin for requests in flight and clocks that differ: the clients' call timeout and some seconds
     */
    public record Facts(
            @Nullable Instant rolledOutAt,
            @Nullable Instant switchedAt,
            @Nullable Instant retiringLastSeen,
            Duration proofLifetime,
            Duration margin) {

        /** @throws IllegalArgumentException when a duration is negative */
        public Facts {
            if (proofLifetime.isNegative() || margin.isNegative()) {
                throw new IllegalArgumentException(
                        "proofLifetime is " + proofLifetime + " and margin " + margin + "; allowed are zero and above");
            }
        }
    }

    /** The step that comes next: old keys are revoked before newer ones are promoted, and these before another is made. */
    public static RotationAdvice next(KeyRing ring, Facts facts) {
        SigningKey retiring = first(ring, RETIRING);
        if (retiring != null) {
            return revoke(retiring.id(), facts);
        }
        SigningKey pending = first(ring, PENDING);
        return pending != null
                ? promote(pending.id(), facts)
                : new RotationAdvice(
                        Step.ADD, null, Instant.EPOCH, "no rotation is under way; add a key whenever one is due");
    }

    private static RotationAdvice promote(String keyId, Facts facts) {
        if (facts.rolledOutAt == null) {
            return new RotationAdvice(
                    Step.PROMOTE,
                    keyId,
                    null,
                    "not every verifier and back end is known to hold key " + keyId + " yet");
        }
        return new RotationAdvice(
                Step.PROMOTE, keyId, facts.rolledOutAt, "every verifier and back end holds key " + keyId);
    }

    private static RotationAdvice revoke(String keyId, Facts facts) {
        if (facts.switchedAt == null) {
            return new RotationAdvice(
                    Step.REVOKE, keyId, null, "a back end may still sign with key " + keyId + ", which is retiring");
        }
        Instant lastProofDies = facts.switchedAt.plus(facts.proofLifetime).plus(facts.margin);
        Instant seen = facts.retiringLastSeen;
        Instant quiet = seen == null ? lastProofDies : seen.plus(facts.margin);
        Instant safe = quiet.isAfter(lastProofDies) ? quiet : lastProofDies;
        return new RotationAdvice(
                Step.REVOKE,
                keyId,
                safe,
                "the last back end switched at " + facts.switchedAt + ", proofs of key " + keyId + " live "
                        + facts.proofLifetime + " at most, and " + facts.margin
                        + " are allowed for requests in flight and clocks");
    }

    private static @Nullable SigningKey first(KeyRing ring, KeyStatus status) {
        for (SigningKey key : ring.keys()) {
            if (key.status() == status) {
                return key;
            }
        }
        return null;
    }
}
