package dev.countersign.server.jwt;

import static dev.countersign.server.identity.RejectionReason.AUDIENCE_MISMATCH;
import static dev.countersign.server.identity.RejectionReason.ID_NOT_STRING;
import static dev.countersign.server.identity.RejectionReason.MALFORMED;
import static dev.countersign.server.identity.RejectionReason.NONCE_MISSING;
import static dev.countersign.server.identity.RejectionReason.NOT_YET_VALID;
import static dev.countersign.server.identity.RejectionReason.SUBJECT_MISMATCH;

import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.internal.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules for the claims of a token whose signature was checked. Immutable. */
final class ClaimChecks {
    /** 9999-12-31T23:59:59Z: a later time is a mistake, such as milliseconds. */
    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    private final @Nullable String audience;
    private final long leewayMillis;
    private final Clock clock;

    /** @param audience what {@code aud} must hold; null for anything */
    ClaimChecks(@Nullable String audience, Duration leeway, Clock clock) {
        this.audience = audience;
        this.leewayMillis = leeway.toMillis();
        this.clock = clock;
    }

    VerifiedIdentity check(Map<String, @Nullable Object> claims, String keyId) throws VerificationException {
        Instant expiresAt = checkTimes(claims, keyId);
        checkAudience(claims.get("aud"), keyId);
        if (!(claims.get("nonce") instanceof String nonce) || nonce.isEmpty()) {
            throw VerificationException.ofKey(
                    NONCE_MISSING, keyId, "the token has no top-level nonce, a string that is not empty");
        }
        return new VerifiedIdentity(
                userId(claims, keyId),
                id("account.id", member(claims, "account", keyId), keyId),
                keyId,
                expiresAt,
                claims);
    }

    private @Nullable Instant checkTimes(Map<String, @Nullable Object> claims, String keyId)
            throws VerificationException {
        long now = clock.millis();
        long expiresAt = time(claims, "exp", Long.MAX_VALUE, keyId);
        long notBefore = time(claims, "nbf", Long.MIN_VALUE, keyId);
        long issuedAt = time(claims, "iat", Long.MIN_VALUE, keyId);
        boolean expires = expiresAt != Long.MAX_VALUE;
        if (!expires && audience != null) {
            throw VerificationException.ofKey(
                    MALFORMED, keyId, "the token has no exp, which one with an aud must have");
        }
        if (expires && now >= expiresAt + leewayMillis) {
            throw VerificationException.expired(keyId, Instant.ofEpochMilli(expiresAt));
        }
        if (Math.max(notBefore, issuedAt) > now + leewayMillis) {
            throw VerificationException.ofKey(
                    NOT_YET_VALID, keyId, "the token's nbf or iat lies in the future; is the signer's clock right?");
        }
        return expires ? Instant.ofEpochMilli(expiresAt) : null;
    }

    /** The milliseconds of a time, or what to take when the token does not have it. */
    private static long time(Map<String, @Nullable Object> claims, String name, long absent, String keyId)
            throws VerificationException {
        Object value = claims.get(name);
        if (value == null && !claims.containsKey(name)) {
            return absent;
        }
        if (value instanceof Long seconds && seconds >= 0 && seconds <= MAX_EPOCH_SECOND) {
            return seconds * 1000;
        }
        if (value instanceof Number number) {
            double seconds = number.doubleValue();
            if (seconds >= 0 && seconds <= MAX_EPOCH_SECOND) {
                return (long) (seconds * 1000);
            }
        }
        throw VerificationException.ofKey(
                MALFORMED, keyId, "the token's " + name + " is not a number of seconds from 1970 to 9999");
    }

    private void checkAudience(@Nullable Object aud, String keyId) throws VerificationException {
        if (audience == null
                || audience.equals(aud)
                || (aud instanceof List<?> several
                        && several.stream().allMatch(String.class::isInstance)
                        && several.contains(audience))) {
            return;
        }
        throw VerificationException.ofKey(
                AUDIENCE_MISMATCH, keyId, "the token is not for this environment; allowed is the aud " + audience);
    }

    /** The user of {@code sub} and {@code visitor.id}, which must agree; null for an anonymous visitor. */
    private static @Nullable String userId(Map<String, @Nullable Object> claims, String keyId)
            throws VerificationException {
        Map<?, ?> visitor = member(claims, "visitor", keyId);
        String visitorId = id("visitor.id", visitor, keyId);
        boolean saysAnonymous = visitorId == null && visitor.containsKey("id");
        Object sub = claims.get("sub");
        if (visitorId != null && visitorId.equals(sub)) {
            return visitorId;
        }
        if (sub == null && !claims.containsKey("sub")) {
            return visitorId;
        }
        String subject = checkedId("sub", sub, keyId);
        if (saysAnonymous || (visitorId != null && !visitorId.equals(subject))) {
            throw VerificationException.ofKey(
                    SUBJECT_MISMATCH, keyId, "the token's sub and visitor.id name different users");
        }
        return subject;
    }

    private static Map<?, ?> member(Map<String, @Nullable Object> claims, String name, String keyId)
            throws VerificationException {
        Object member = claims.get(name);
        if (member instanceof Map<?, ?> map) {
            return map;
        }
        if (!claims.containsKey(name)) {
            return Map.of();
        }
        throw VerificationException.ofKey(MALFORMED, keyId, "the token's " + name + " is not an object");
    }

    /** The id in a visitor or account. Missing and {@code ""} (Pendo's mobile form) both mean that there is none. */
    private static @Nullable String id(String field, Map<?, ?> object, String keyId) throws VerificationException {
        Object id = object.get("id");
        boolean none = id == null ? !object.containsKey("id") : id.equals("");
        return none ? null : checkedId(field, id, keyId);
    }

    private static String checkedId(String field, @Nullable Object value, String keyId) throws VerificationException {
        if (!(value instanceof String id)) {
            throw VerificationException.ofKey(ID_NOT_STRING, keyId, "the token's " + field + " is not a JSON string");
        }
        String problem = Ids.problem(field, id);
        if (problem != null) {
            throw VerificationException.ofKey(MALFORMED, keyId, "the token's " + problem);
        }
        return id;
    }
}
