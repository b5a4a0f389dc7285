package dev.countersign.samples.cli.proof;

import dev.countersign.samples.cli.output.Redaction;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment's verifier says of a claim.
 *
 * @param proven null when the proof is refused
 * @param refused null when the proof is valid
 */
record Verification(
        Claim claim,
        @Nullable VerifiedIdentity proven,
        @Nullable VerificationException refused) {

    /** Verifies as the environment does. */
    static Verification of(
            Claim claim, VerifierOptions options, KeyRing userRing, KeyRing groupRing, @Nullable String keyId) {
        HmacFormat format = options.format();
        try {
            VerifiedIdentity proven = format == null
                    ? jwt(claim, options.jwtVerifier(KeySource.of(userRing)), keyId)
                    : hmac(claim, VerifierOptions.hmacVerifier(format, userRing, groupRing), keyId);
            return new Verification(claim, proven, null);
        } catch (VerificationException refused) {
            return new Verification(claim, null, refused);
        }
    }

    private static VerifiedIdentity hmac(Claim claim, HmacVerifier verifier, @Nullable String keyId)
            throws VerificationException {
        String id = String.valueOf(claim.id());
        return claim.isOfGroup()
                ? verifier.verifyGroup(id, claim.proof(), keyId)
                : verifier.verifyUser(id, claim.proof(), keyId);
    }

    private static VerifiedIdentity jwt(Claim claim, JwtVerifier verifier, @Nullable String keyId)
            throws VerificationException {
        String id = claim.id();
        if (id == null) {
            return verifier.verify(claim.proof(), keyId);
        }
        return claim.isOfGroup()
                ? verifier.verifyGroup(id, claim.proof(), keyId)
                : verifier.verifyUser(id, claim.proof(), keyId);
    }

    boolean isValid() {
        return proven != null;
    }

    /** For a person. */
    String line() {
        if (refused != null) {
            return claim.field() + ": refused, " + refused.reason() + ": " + refused.getMessage();
        }
        StringBuilder line = new StringBuilder(claim.field()).append(": valid");
        if (proven != null) {
            line.append(", made with key ").append(proven.keyId());
            if (claim.id() == null) {
                line.append(", about ").append(subject("user", proven.userId()));
                line.append(" and ").append(subject("group", proven.groupId()));
            }
            if (proven.expiresAt() != null) {
                line.append(", expires at ").append(proven.expiresAt());
            }
        }
        return line.toString();
    }

    private static String subject(String what, @Nullable String id) {
        return id == null ? "no " + what : what + " " + Redaction.quoted(id);
    }

    /** For a script. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("field", claim.field());
        json.put("valid", isValid());
        if (proven != null) {
            json.put("keyId", proven.keyId());
            json.put("userId", proven.userId());
            json.put("groupId", proven.groupId());
            json.put("expiresAt", proven.expiresAt() == null ? null : String.valueOf(proven.expiresAt()));
        }
        if (refused != null) {
            json.put("reason", refused.reason().name());
            json.put("message", refused.getMessage());
            json.put("keyId", refused.keyId());
        }
        return json;
    }
}
