package dev.countersign.server.hostile;

import dev.countersign.server.identity.RejectionReason;
import org.jspecify.annotations.Nullable;

/** A hostile token: what it is, the token, the key named beside it, and why it must be refused. */
record TokenRow(
        String description,
        @Nullable String token,
        @Nullable String signingKeyName,
        RejectionReason reason) {
    static TokenRow of(String description, @Nullable String token, RejectionReason reason) {
        return new TokenRow(description, token, null, reason);
    }

    /** A genuinely signed token with this header and the usual payload. */
    static TokenRow header(String description, String header, RejectionReason reason) {
        return of("header: " + description, Forge.token(header, Forge.PAYLOAD), reason);
    }

    /** As {@link #header(String, String, RejectionReason)}, for bytes that are no text. */
    static TokenRow header(String description, byte[] header, RejectionReason reason) {
        String input = Forge.base64url(header) + "." + Forge.base64url(Forge.PAYLOAD);
        return of("header: " + description, Forge.signed(input, Forge.PRIMARY), reason);
    }

    /** A genuinely signed token with this payload and the usual header. */
    static TokenRow payload(String description, String payload, RejectionReason reason) {
        return of("payload: " + description, Forge.token(Forge.HEADER, payload), reason);
    }

    /** As {@link #payload(String, String, RejectionReason)}, for bytes that are no text. */
    static TokenRow payload(String description, byte[] payload, RejectionReason reason) {
        String input = Forge.base64url(Forge.HEADER) + "." + Forge.base64url(payload);
        return of("payload: " + description, Forge.signed(input, Forge.PRIMARY), reason);
    }

    @Override
    public String toString() {
        return description + " -> " + reason;
    }
}
