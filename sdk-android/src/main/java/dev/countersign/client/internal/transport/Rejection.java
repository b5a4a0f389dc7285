package dev.countersign.client.internal.transport;

import dev.countersign.client.delivery.RejectionReason;
import org.jspecify.annotations.Nullable;

/** One entry of a batch that was not accepted. Immutable. */
public final class Rejection {
    /** The code of a refused proof. */
    public static final String IDENTITY_UNVERIFIED = "IDENTITY_UNVERIFIED";

    private final int index;
    private final String code;
    private final @Nullable RejectionReason reason;

    /** The entry at {@code index} was rejected with {@code code}; {@code reason} says why when that was the proof. */
    public Rejection(int index, String code, @Nullable String reason) {
        this.index = index;
        this.code = code;
        this.reason = code.equals(IDENTITY_UNVERIFIED) ? RejectionReason.of(reason) : null;
    }

    /** Its place in the batch. */
    public int index() {
        return index;
    }

    /** The collector's code. */
    public String code() {
        return code;
    }

    /** Why the proof was not accepted; null for other codes. */
    public @Nullable RejectionReason reason() {
        return reason;
    }

    /** Whether the collector was at fault and the same event may be accepted later. */
    public boolean isPassing() {
        return code.equals("KEYS_UNAVAILABLE") || code.equals("OVERLOADED");
    }
}
