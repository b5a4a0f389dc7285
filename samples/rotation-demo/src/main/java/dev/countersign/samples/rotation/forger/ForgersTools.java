package dev.countersign.samples.rotation.forger;

import dev.countersign.samples.rotation.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What everybody can make without a secret: random bytes, MACs under a key of one's own, JWTs. Not thread-safe. */
final class ForgersTools {

    private final RandomGenerator random;
    private final String ownSecret;

    ForgersTools(RandomGenerator random) {
        this.random = random;
        this.ownSecret = "sis_" + base64Url(randomBytes(32));
    }

    /** A secret of the right shape that nobody else knows. */
    String ownSecret() {
        return ownSecret;
    }

    byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    String randomHex() {
        return hex(randomBytes(32));
    }

    String hmacHex(String secret, String message) {
        return hex(mac("HmacSHA256", secret, message));
    }

    /** A proof of {@code userId} in the target's own form, flawless but for the secret. */
    String proof(ForgeryTarget target, String secret, String userId) {
        return switch (target.form()) {
            case "hmac-base64" -> base64(mac("HmacSHA256", secret, userId));
            case "hmac-v1" -> "hmac_v1:" + hmacHex(secret, userId);
            case "jwt" -> jwt("HS256", secret, target, userId);
            default -> hmacHex(secret, userId);
        };
    }

    /** A JWT with all that the recommended form asks for; {@code algorithm} HS256 or HS512. */
    String jwt(String algorithm, String secret, ForgeryTarget target, String userId) {
        String input = unsigned(algorithm, target, userId);
        return input + "." + base64Url(mac("Hmac" + algorithm.replace("HS", "SHA"), secret, input));
    }

    /** Header and payload of a JWT. */
    String unsigned(String algorithm, ForgeryTarget target, String userId) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", userId);
        claims.put("aud", target.audience());
        claims.put("iat", now - 5);
        claims.put("exp", now + 600);
        claims.put("nonce", hex(randomBytes(16)));
        claims.put("visitor", Map.of("id", userId));
        Map<String, Object> header = new LinkedHashMap<>(Map.of("alg", algorithm, "typ", "JWT"));
        if (!target.keyName().isEmpty()) {
            header.put("kid", target.keyName());
        }
        return base64Url(Json.text(header)) + "." + base64Url(Json.text(claims));
    }

    /** A random UUIDv7 (RFC 9562, section 5.7), as every honest client makes them. */
    String eventId() {
        long high = (System.currentTimeMillis() << 16) | 0x7000 | (random.nextLong() & 0x0FFF);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String base64Url(String text) {
        return base64Url(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] mac(String algorithm, String secret, String message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is missing from this JDK", e);
        }
    }
}
