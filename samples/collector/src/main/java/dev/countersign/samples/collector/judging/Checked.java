package dev.countersign.samples.collector.judging;

import dev.countersign.server.enforcement.ProofCheck;
import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What came of checking one proof.
 *
 * @param check for the policy
 * @param identity what it proves; null unless it is valid
 * @param failedKeyId the key that a failed proof names, where the failure knows it
 */
record Checked(
        ProofCheck check,
        @Nullable VerifiedIdentity identity,
        @Nullable String failedKeyId) {
    private static final Checked NONE = new Checked(ProofCheck.none(), null, null);

    /** A call to a verifier. */
    interface Verification {
        VerifiedIdentity run() throws VerificationException;
    }

    static Checked none() {
        return NONE;
    }

    static Checked failed(RejectionReason reason, @Nullable String keyId) {
        return new Checked(ProofCheck.invalid(reason), null, keyId);
    }

    static Checked of(Verification verification) {
        try {
            return new Checked(ProofCheck.valid(), verification.run(), null);
        } catch (VerificationException e) {
            return failed(e.reason(), e.keyId());
        }
    }

    @Nullable
    String keyId() {
        return identity == null ? failedKeyId : identity.keyId();
    }
}
