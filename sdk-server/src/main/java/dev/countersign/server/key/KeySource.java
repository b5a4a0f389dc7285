package dev.countersign.server.key;

import static dev.countersign.server.identity.RejectionReason.REVOKED_KEY;
import static dev.countersign.server.identity.RejectionReason.UNKNOWN_KEY;

import dev.countersign.server.identity.VerificationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where signers and verifiers get their keys, once for each proof. Implementations are thread-safe and neither block
 * nor throw: loading is the business of {@link KeyLoader} and {@link RefreshingKeySource}.
 */
@FunctionalInterface
public interface KeySource {
    /** The ring to use now; null when there is none that may be trusted. */
    @Nullable
    KeyRing current();

    /**
     * Told when a proof names a key that the ring does not hold: perhaps a newer ring does. Must return at once.
     *
     * @param keyId as the proof gave it
     */
    default void unknownKey(String keyId) {}

    /**
     * Told when a key has made or verified a proof. Must return at once.
     *
     * @param keyId a key of a ring that this source gave out
     */
    default void used(String keyId) {}

    /**
     * The key to sign with.
     *
     * @throws KeysUnavailableException when there is no ring that may be trusted
     */
    default SigningKey signingKey() {
        return requireCurrent().primary();
    }

    /**
     * The keys that a proof may have been made with: the named key alone, or every active key when it names none.
     *
     * @throws VerificationException {@code UNKNOWN_KEY} or {@code REVOKED_KEY}
     * @throws KeysUnavailableException when there is no ring that may be trusted
     */
    default List<SigningKey> verifyingKeys(@Nullable String keyId) throws VerificationException {
        KeyRing ring = requireCurrent();
        if (keyId == null) {
            return ring.activeKeys();
        }
        SigningKey key = ring.find(keyId);
        if (key == null) {
            unknownKey(keyId);
            throw new VerificationException(UNKNOWN_KEY, "the proof names a key that the ring does not hold");
        }
        if (!key.status().verifies()) {
            throw VerificationException.ofKey(REVOKED_KEY, keyId, "key " + keyId + " is revoked");
        }
        return List.of(key);
    }

    /** A source that never changes: tests, and tools that run once. */
    static KeySource of(KeyRing ring) {
        return () -> ring;
    }

    private KeyRing requireCurrent() {
        KeyRing ring = current();
        if (ring == null) {
            throw new KeysUnavailableException();
        }
        return ring;
    }
}
