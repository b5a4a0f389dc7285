package dev.countersign.server.enforcement;

import dev.countersign.server.identity.RejectionReason;
import org.jspecify.annotations.Nullable;

/** What came of checking one id's proof: there was none, it is valid, or it failed for a reason. Immutable. */
public final class ProofCheck {
    private static final ProofCheck NONE = new ProofCheck(false, null);
    private static final ProofCheck VALID = new ProofCheck(true, null);

    private final boolean valid;
    private final @Nullable RejectionReason failure;

    private ProofCheck(boolean valid, @Nullable RejectionReason failure) {
        this.valid = valid;
        this.failure = failure;
    }

    /** The event carries no proof of the id. */
    public static ProofCheck none() {
        return NONE;
    }

    /** The proof was verified, for this very id. */
    public static ProofCheck valid() {
        return VALID;
    }

    /** The proof was refused. {@link RejectionReason#MISSING} is the same as {@link #none}. */
    public static ProofCheck invalid(RejectionReason reason) {
        return reason == RejectionReason.MISSING ? NONE : new ProofCheck(false, reason);
    }

    boolean isNone() {
        return !valid && failure == null;
    }

    boolean isValid() {
        return valid;
    }

    /** Why it failed; {@link RejectionReason#MISSING} when there is none. */
    RejectionReason reason() {
        return failure == null ? RejectionReason.MISSING : failure;
    }
}
