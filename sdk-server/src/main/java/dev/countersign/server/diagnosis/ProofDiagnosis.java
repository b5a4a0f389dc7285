package dev.countersign.server.diagnosis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.server.diagnosis.Diagnosis.Cause;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.internal.Ids;
import dev.countersign.server.internal.StrictBase64;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeysUnavailableException;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SecretMistake;
import dev.countersign.server.key.SigningKey;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a proof fails: tries the mistakes that hand-written recipes make, the environment's former keys and
 * the keys of other environments, and names the first that explains the proof. Immutable and thread-safe.
 *
 * <p><b>For the environment's administrators only</b>, never in an answer to whoever sent the proof: it would tell a
 * forger how close a guess is. Costs some dozens of MACs; limit how often it is called.
 *
 * <pre>{@code
 * Diagnosis diagnosis = ProofDiagnosis.builder(ring).build().ofHmac(HmacFormat.HEX, "u_123", proof, null);
 * }</pre>
 */
public final class ProofDiagnosis {
    private final KeyRing ring;
    private final Map<String, Secret> revoked;
    private final Map<String, KeyRing> otherEnvironments;
    private final @Nullable String email;

    private ProofDiagnosis(Builder builder) {
        ring = builder.ring;
        revoked = Collections.unmodifiableMap(new LinkedHashMap<>(builder.revoked));
        otherEnvironments = Collections.unmodifiableMap(new LinkedHashMap<>(builder.otherEnvironments));
        email = builder.email;
    }

    /** A diagnosis with the keys of the environment that refused the proof. */
    public static Builder builder(KeyRing ring) {
        return new Builder(ring);
    }

    /**
     * Why an HMAC proof of a user's or group's id fails.
     *
     * @param id the id that the event claims
     * @param proof as received; null when there is none
     * @param keyId the key named beside the proof; null when none is
     */
    public Diagnosis ofHmac(HmacFormat format, String id, @Nullable String proof, @Nullable String keyId) {
        if (proof == null || proof.isEmpty()) {
            return Advice.of(Cause.MISSING);
        }
        byte[] message = Ids.utf8(id);
        if (message == null) {
            return Advice.of(Cause.ID_NOT_ALLOWED);
        }
        Spelling spelling = Spelling.of(format, proof);
        byte[] mac = spelling.mac();
        if (mac == null) {
            return Advice.of(spelling.mistake() == null ? Cause.UNREADABLE : spelling.mistake());
        }
        Diagnosis key = madeBy(mac, message, keyId);
        if (key.cause() == Cause.VALID && spelling.mistake() != null) {
            return Advice.of(spelling.mistake());
        }
        if (key.cause() != Cause.UNKNOWN) {
            return key;
        }
        for (Map.Entry<String, Cause> variant : variantsOf(id).entrySet()) {
            byte[] signed = variant.getKey().getBytes(UTF_8);
            if (ring.activeKeys().stream()
                    .anyMatch(active -> matches(mac, active.secret().hmacSha256(signed)))) {
                return Advice.of(variant.getValue());
            }
        }
        return named(keyId);
    }

    /**
     * Why a JWT fails.
     *
     * @param verifier builds the environment's own verifier on the given keys: the same audience, leeway and clock
     * @param jwt as received; null when there is none
     * @param keyId the key named beside the token; null when none is
     */
    public Diagnosis ofJwt(Function<KeySource, JwtVerifier> verifier, @Nullable String jwt, @Nullable String keyId) {
        if (jwt == null || jwt.isEmpty()) {
            return Advice.of(Cause.MISSING);
        }
        try {
            verifier.apply(KeySource.of(ring)).verify(jwt, keyId);
            return Advice.of(Cause.VALID);
        } catch (VerificationException refused) {
            return ofRefusedJwt(jwt, keyId, refused);
        } catch (KeysUnavailableException impossible) {
            throw new AssertionError("a fixed ring is always available", impossible);
        }
    }

    private Diagnosis ofRefusedJwt(String jwt, @Nullable String keyId, VerificationException refused) {
        if (refused.reason() == RejectionReason.TOO_LARGE) {
            return Advice.ofClaims(refused);
        }
        int payloadEnd = jwt.lastIndexOf('.');
        if (payloadEnd < 0) {
            return Advice.of(Cause.OTHER_FORM);
        }
        byte[] mac = StrictBase64.decodeUrl(jwt.getBytes(ISO_8859_1), payloadEnd + 1, jwt.length());
        Diagnosis key = mac == null || mac.length != 32
                ? Advice.of(Cause.UNKNOWN)
                : madeBy(mac, jwt.substring(0, payloadEnd).getBytes(ISO_8859_1), keyId);
        boolean explained = key.cause() != Cause.UNKNOWN && key.cause() != Cause.VALID;
        return explained ? key : Advice.ofClaims(refused);
    }

    /** VALID, a key or a use of a key that explains the MAC of the message as it stands, or UNKNOWN. */
    private Diagnosis madeBy(byte[] mac, byte[] message, @Nullable String keyId) {
        for (SigningKey key : ring.activeKeys()) {
            if (matches(mac, key.secret().hmacSha256(message))) {
                boolean named = keyId == null || keyId.equals(key.id());
                return named ? Advice.of(Cause.VALID) : Advice.ofKey(Cause.OTHER_KEY, key.id());
            }
        }
        for (Map.Entry<String, Secret> key : revoked.entrySet()) {
            if (matches(mac, key.getValue().hmacSha256(message))) {
                return Advice.ofKey(Cause.REVOKED_KEY, key.getKey());
            }
        }
        for (Map.Entry<String, KeyRing> other : otherEnvironments.entrySet()) {
            for (SigningKey key : other.getValue().activeKeys()) {
                if (matches(mac, key.secret().hmacSha256(message))) {
                    return Advice.ofKey(Cause.OTHER_ENVIRONMENT, other.getKey());
                }
            }
        }
        return mistaken(mac, message);
    }

    /** What the name alone tells when nothing else explains the proof. */
    private Diagnosis named(@Nullable String keyId) {
        if (keyId == null) {
            return Advice.of(Cause.UNKNOWN);
        }
        SigningKey key = ring.find(keyId);
        if (key == null) {
            return Advice.of(Cause.KEY_NAME_UNKNOWN);
        }
        return key.status().verifies() ? Advice.of(Cause.UNKNOWN) : Advice.ofKey(Cause.REVOKED_KEY, keyId);
    }

    private Diagnosis mistaken(byte[] mac, byte[] message) {
        for (SigningKey key : ring.activeKeys()) {
            for (SecretMistake mistake : SecretMistake.values()) {
                byte[] made = key.secret().mistakenMac(mistake, message);
                if (made != null && matches(mac, made)) {
                    return Advice.of(causeOf(mistake));
                }
            }
        }
        return Advice.of(Cause.UNKNOWN);
    }

    private static Cause causeOf(SecretMistake mistake) {
        return switch (mistake) {
            case SWAPPED -> Cause.SWAPPED_ARGUMENTS;
            case HEX_DECODED -> Cause.SECRET_HEX_DECODED;
            case BASE64_DECODED -> Cause.SECRET_BASE64_DECODED;
            case HASHED_SECRET_FIRST, HASHED_SECRET_LAST -> Cause.PLAIN_HASH;
        };
    }

    private Map<String, Cause> variantsOf(String id) {
        Map<String, Cause> variants = new LinkedHashMap<>();
        variants.put(id.strip(), Cause.TRIMMED_ID);
        variants.put(id.toLowerCase(Locale.ROOT), Cause.FOLDED_ID);
        variants.put(id.toUpperCase(Locale.ROOT), Cause.FOLDED_ID);
        variants.put(Normalizer.normalize(id, Normalizer.Form.NFC), Cause.NFC_ID);
        variants.put(Normalizer.normalize(id, Normalizer.Form.NFD), Cause.NFD_ID);
        variants.put('"' + id + '"', Cause.QUOTED_ID);
        variants.put(id + "\n", Cause.ID_WITH_NEWLINE);
        if (email != null) {
            variants.put(email, Cause.EMAIL_FOR_ID);
        }
        return variants;
    }

    private static boolean matches(byte[] mac, byte[] made) {
        return MessageDigest.isEqual(mac, made);
    }

    /** Builds a {@link ProofDiagnosis}. Not thread-safe. */
    public static final class Builder {
        private final KeyRing ring;
        private final Map<String, Secret> revoked = new LinkedHashMap<>();
        private final Map<String, KeyRing> otherEnvironments = new LinkedHashMap<>();
        private @Nullable String email;

        private Builder(KeyRing ring) {
            this.ring = ring;
        }

        /** The secret of a revoked key, where it is still kept for this purpose. */
        public Builder revokedSecret(String keyId, Secret secret) {
            revoked.put(keyId, secret);
            return this;
        }

        /** The keys of another environment of the same application, under its name. */
        public Builder otherEnvironment(String name, KeyRing keys) {
            otherEnvironments.put(name, keys);
            return this;
        }

        /** The user's e-mail address, which is at times signed in place of the id. */
        public Builder email(String address) {
            this.email = address;
            return this;
        }

        /** The diagnosis. */
        public ProofDiagnosis build() {
            return new ProofDiagnosis(this);
        }
    }
}
