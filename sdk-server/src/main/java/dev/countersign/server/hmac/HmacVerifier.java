package dev.countersign.server.hmac;

import static dev.countersign.server.identity.RejectionReason.MALFORMED;
import static dev.countersign.server.identity.RejectionReason.MISSING;
import static dev.countersign.server.identity.RejectionReason.SIGNATURE_MISMATCH;

import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.internal.Ids;
import dev.countersign.server.internal.Words;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeysUnavailableException;
import dev.countersign.server.key.SigningKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies proofs that {@link HmacSigner}, or any platform's recipe of the same form, has made. Accepts one spelling
 * of each MAC and compares in constant time. Immutable and thread-safe, without locks.
 *
 * <p>An HMAC proves the id and nothing else: neither traits nor time, and no membership in a group.
 */
public final class HmacVerifier {
    private static final String INCORRECT = "Incorrect user identity verification signature";

    private final HmacFormat format;
    private final KeySource userKeys;
    private final KeySource groupKeys;

    private HmacVerifier(HmacFormat format, KeySource userKeys, KeySource groupKeys) {
        this.format = format;
        this.userKeys = userKeys;
        this.groupKeys = groupKeys;
    }

    /** A verifier that uses the same keys for users and groups. */
    public static HmacVerifier create(HmacFormat format, KeySource keys) {
        return new HmacVerifier(format, keys, keys);
    }

    /** A verifier for an environment that gives groups keys of their own, so no user's proof is also a group's. */
    public static HmacVerifier create(HmacFormat format, KeySource userKeys, KeySource groupKeys) {
        return new HmacVerifier(format, userKeys, groupKeys);
    }

    /**
     * Verifies a user's proof.
     *
     * @param userId the id that the event claims
     * @param proof as received; null and empty mean that there is none
     * @param keyId the key named beside the proof, then the only one tried; null tries the active keys
     * @return the user whom the proof proves
     * @throws VerificationException {@code MISSING}, {@code MALFORMED}, {@code UNSUPPORTED_SCHEME}, {@code
     *     UNKNOWN_KEY}, {@code REVOKED_KEY} or {@code SIGNATURE_MISMATCH}
     * @throws KeysUnavailableException when there is no ring that may be trusted
     */
    public VerifiedIdentity verifyUser(String userId, @Nullable String proof, @Nullable String keyId)
            throws VerificationException {
        String usedKey = verify("userId", userId, proof, keyId, userKeys);
        return new VerifiedIdentity(userId, null, usedKey, null, Map.of());
    }

    /**
     * Verifies a group's proof: as {@link #verifyUser}, for the id of a group.
     *
     * @return the group that the proof proves
     */
    public VerifiedIdentity verifyGroup(String groupId, @Nullable String proof, @Nullable String keyId)
            throws VerificationException {
        String usedKey = verify("groupId", groupId, proof, keyId, groupKeys);
        return new VerifiedIdentity(null, groupId, usedKey, null, Map.of());
    }

    /** The id of the key that made the proof, or a refusal. */
    private String verify(String field, String id, @Nullable String proof, @Nullable String keyId, KeySource keys)
            throws VerificationException {
        if (proof == null || proof.isEmpty()) {
            throw new VerificationException(MISSING, "there is no proof of the " + field);
        }
        byte[] message = Ids.utf8(id);
        if (message == null) {
            throw new VerificationException(MALFORMED, String.valueOf(Ids.problem(field, id)));
        }
        byte[] mac = format.decode(proof);
        List<SigningKey> candidates = keys.verifyingKeys(keyId);
        for (SigningKey key : candidates) {
            if (Words.areSameMac(mac, key.secret().hmacSha256(message))) {
                keys.used(key.id());
                return key.id();
            }
        }
        throw keyId == null
                ? new VerificationException(SIGNATURE_MISMATCH, INCORRECT)
                : VerificationException.ofKey(SIGNATURE_MISMATCH, keyId, INCORRECT);
    }
}
