package dev.countersign.server.key;

import static dev.countersign.server.key.KeyStatus.PENDING;
import static dev.countersign.server.key.KeyStatus.PRIMARY;
import static dev.countersign.server.key.KeyStatus.RETIRING;
import static dev.countersign.server.key.KeyStatus.REVOKED;

import dev.countersign.server.key.KeyRotationException.Rule;

/**
 * The legal steps from one ring to the next. Each is a pure function: it answers a new ring with the next version, or
 * throws {@link KeyRotationException} and leaves the given ring as it is.
 *
 * <p>A rotation without downtime: {@link #add} → wait until every verifier holds the ring → back ends load it →
 * {@link #promote} → wait until no proof of the former primary can be alive → {@link #revoke}.
 */
public final class KeyRotation {
    private KeyRotation() {}

    /** Adds a PENDING key: it verifies from now on, and does not sign yet. */
    public static KeyRing add(KeyRing ring, String keyId, Secret secret) {
        if (ring.find(keyId) != null) {
            throw new KeyRotationException(
                    Rule.DUPLICATE_KEY, keyId, "the ring has, or had, a key " + keyId + "; ids are never used again");
        }
        if (ring.activeKeys().size() == KeyRing.MAX_ACTIVE_KEYS) {
            throw new KeyRotationException(
                    Rule.KEY_LIMIT,
                    keyId,
                    "the ring has " + KeyRing.MAX_ACTIVE_KEYS
                            + " active keys, the most allowed; revoke one that is no longer used");
        }
        return ring.with(SigningKey.of(keyId, secret, PENDING));
    }

    /** Makes a PENDING or RETIRING key the primary; the former primary becomes RETIRING. Also the way back. */
    public static KeyRing promote(KeyRing ring, String keyId) {
        SigningKey key = active(ring, keyId);
        requireNotPrimary(key, "is the primary already");
        return ring.with(ring.primary().withStatus(RETIRING), key.withStatus(PRIMARY));
    }

    /** Makes a PENDING key RETIRING: its proofs verify on, and it is marked as not meant to sign. */
    public static KeyRing retire(KeyRing ring, String keyId) {
        SigningKey key = active(ring, keyId);
        requireNotPrimary(key, "is the primary; promote another key, which retires this one");
        if (key.status() != PENDING) {
            throw new KeyRotationException(
                    Rule.WRONG_STATUS, keyId, "key " + keyId + " is " + key.status() + "; only a PENDING key retires");
        }
        return ring.with(key.withStatus(RETIRING));
    }

    /** Revokes a key for good: its proofs are refused from now on. The primary cannot be revoked. */
    public static KeyRing revoke(KeyRing ring, String keyId) {
        SigningKey key = active(ring, keyId);
        requireNotPrimary(key, "is the primary; promote another key first, or revoke it with emergencyRevoke");
        return ring.with(key.withStatus(REVOKED));
    }

    /**
     * For a secret that has leaked: revokes a key at once and, where it is the primary, promotes the replacement in
     * the same step. Every proof of the revoked key is refused until its holder fetches a new one.
     *
     * @param replacementId an active key, PENDING or RETIRING; the primary where {@code keyId} is not the primary
     */
    public static KeyRing emergencyRevoke(KeyRing ring, String keyId, String replacementId) {
        SigningKey leaked = active(ring, keyId);
        SigningKey replacement = active(ring, replacementId);
        if (keyId.equals(replacementId)) {
            throw new KeyRotationException(Rule.WRONG_STATUS, keyId, "key " + keyId + " cannot replace itself");
        }
        return ring.with(
                ring.primary().withStatus(RETIRING), leaked.withStatus(REVOKED), replacement.withStatus(PRIMARY));
    }

    private static SigningKey active(KeyRing ring, String keyId) {
        SigningKey key = ring.find(keyId);
        if (key == null) {
            throw new KeyRotationException(Rule.UNKNOWN_KEY, keyId, "the ring has no key of this id");
        }
        if (key.status() == REVOKED) {
            throw new KeyRotationException(
                    Rule.REVOKED_KEY, keyId, "key " + keyId + " is revoked, which cannot be undone");
        }
        return key;
    }

    private static void requireNotPrimary(SigningKey key, String why) {
        if (key.status() == PRIMARY) {
            throw new KeyRotationException(Rule.PRIMARY_KEY, key.id(), "key " + key.id() + " " + why);
        }
    }
}
