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
        requireUnused(ring, keyId);
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
     * For a primary whose secret has leaked: revokes it at once and promotes another key in the same step. Every proof
     * of the revoked key is refused until its holder fetches a new one.
     *
     * @param replacementId a PENDING or RETIRING key
     */
    public static KeyRing emergencyRevoke(KeyRing ring, String keyId, String replacementId) {
        SigningKey leaked = leakedPrimary(ring, keyId);
        SigningKey replacement = active(ring, replacementId);
        requireNotPrimary(replacement, "cannot replace itself");
        return ring.with(leaked.withStatus(REVOKED), replacement.withStatus(PRIMARY));
    }

    /** The same with a new key for a replacement; possible with five active keys too. */
    public static KeyRing emergencyRevoke(KeyRing ring, String keyId, String newId, Secret newSecret) {
        SigningKey leaked = leakedPrimary(ring, keyId);
        requireUnused(ring, newId);
        return ring.with(leaked.withStatus(REVOKED), SigningKey.of(newId, newSecret, PRIMARY));
    }

    private static SigningKey leakedPrimary(KeyRing ring, String keyId) {
        SigningKey leaked = active(ring, keyId);
        if (leaked.status() != PRIMARY) {
            throw new KeyRotationException(
                    Rule.WRONG_STATUS, keyId, "key " + keyId + " is " + leaked.status() + "; revoke is enough for it");
        }
        return leaked;
    }

    private static void requireUnused(KeyRing ring, String keyId) {
        if (ring.find(keyId) != null) {
            throw new KeyRotationException(
                    Rule.DUPLICATE_KEY, keyId, "the ring has, or had, a key " + keyId + "; ids are never used again");
        }
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
