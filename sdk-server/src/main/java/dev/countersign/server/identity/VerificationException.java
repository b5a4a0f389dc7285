package dev.countersign.server.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A proof was refused. Carries the reason and what is known about the key and the expiry; never the proof. Refusals
 * are ordinary traffic, so the exception records no stack trace.
 */
public final class VerificationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final @Nullable String keyId;
    private final @Nullable Instant expiredAt;

    /**
     * A refusal.
     *
     * @param message what is wrong, for an operator: may name fields, bounds and known key ids, never the proof
     */
    public VerificationException(RejectionReason reason, String message) {
        this(reason, message, null, null);
    }

    private VerificationException(
            RejectionReason reason, String message, @Nullable String keyId, @Nullable Instant expiredAt) {
        super(message, null, false, false);
        this.reason = reason;
        this.keyId = keyId;
        this.expiredAt = expiredAt;
    }

    /** A refusal that concerns a known key. */
    public static VerificationException ofKey(RejectionReason reason, String keyId, String message) {
        return new VerificationException(reason, message, keyId, null);
    }

    /** {@link RejectionReason#EXPIRED}: a genuine token of a known key whose time has passed. */
    public static VerificationException expired(String keyId, Instant expiredAt) {
        return new VerificationException(
                RejectionReason.EXPIRED, "the token expired at " + expiredAt, keyId, expiredAt);
    }

    /** Why the proof was refused. */
    public RejectionReason reason() {
        return reason;
    }

    /** The key that the refusal concerns; null when the proof named none that is known. */
    public @Nullable String keyId() {
        return keyId;
    }

    /** When the token expired; null unless the reason is {@link RejectionReason#EXPIRED}. */
    public @Nullable Instant expiredAt() {
        return expiredAt;
    }
}
