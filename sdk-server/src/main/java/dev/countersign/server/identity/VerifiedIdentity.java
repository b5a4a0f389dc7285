package dev.countersign.server.identity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a proof has proven. An HMAC proves one id; a JWT proves its claims, which may bind a user and a group.
 *
 * @param userId the proven user; null when the proof is a group's or a JWT of an anonymous visitor
 * @param groupId the proven group; null when the proof names none
 * @param keyId the key that made the proof
 * @param expiresAt the token's {@code exp}; null when it carries none
 * @param claims the token's claims, in their order, unmodifiable: {@code String}, {@code Boolean}, {@code Long},
 *     {@code Double}, {@code List}, {@code Map} or null; empty for an HMAC
 */
public record VerifiedIdentity(
        @Nullable String userId,
        @Nullable String groupId,
        String keyId,
        @Nullable Instant expiresAt,
        Map<String, @Nullable Object> claims) {

    /** Leaves the claims out: they may be personal. */
    @Override
    public String toString() {
        return "VerifiedIdentity[keyId=" + keyId + ", expiresAt=" + expiresAt + "]";
    }
}
