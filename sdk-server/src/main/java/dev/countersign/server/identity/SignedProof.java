package dev.countersign.server.identity;

import java.time.Instant;

/**
 * A proof as a back end hands it to its app: the value, the id of the key that made it, and when the app should fetch
 * a fresh one. Immutable. {@code toString} leaves the value out.
 */
public final class SignedProof {
    private final String value;
    private final String keyId;
    private final Instant expiresAt;

    /** Called by the signers. */
    public SignedProof(String value, String keyId, Instant expiresAt) {
        this.value = value;
        this.keyId = keyId;
        this.expiresAt = expiresAt;
    }

    /** The proof itself: what the client sends as {@code identityToken} or {@code groupToken}. */
    public String value() {
        return value;
    }

    /** The id of the key that made it: what the client sends as {@code signingKeyName}. */
    public String keyId() {
        return keyId;
    }

    /**
     * When clients replace it. Verifiers enforce this for a JWT that carries {@code exp}, and not for an HMAC, whose
     * value has no room for it.
     */
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public String toString() {
        return "SignedProof[keyId=" + keyId + ", expiresAt=" + expiresAt + "]";
    }
}
