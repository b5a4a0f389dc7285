package dev.countersign.server.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes proofs from hand-written text with the JDK alone, so that what is genuine does not depend on the code under
 * test. The secrets are texts of this test and sign nothing else.
 */
public final class Forge {
    /** Secrets of the ring, and one of another environment. */
    public static final String PRIMARY = "forge-primary-secret-of-this-test-0001";

    public static final String PENDING = "forge-pending-secret-of-this-test-0002";
    public static final String RETIRING = "forge-retiring-secret-of-this-test-003";
    public static final String REVOKED = "forge-revoked-secret-of-this-test-0004";
    public static final String FOREIGN = "forge-foreign-secret-of-this-test-0005";

    public static final String AUDIENCE = "env_test";

    /** The verifiers' time. */
    public static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    public static final long SECOND = NOW.getEpochSecond();

    public static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    /** The payload that hostile ones differ from in one point. */
    public static final String PAYLOAD = "{\"sub\":\"u_123\",\"aud\":\"env_test\",\"iat\":" + SECOND + ",\"exp\":"
            + (SECOND + 3600) + ",\"nonce\":\"n1\",\"visitor\":{\"id\":\"u_123\"},\"account\":{\"id\":\"acme\"}}";

    private Forge() {}

    /** A ring with a key of each status: {@code primary}, {@code pending}, {@code retiring} and {@code revoked}. */
    public static KeyRing ring() {
        return KeyRing.of(
                1,
                List.of(
                        SigningKey.of("primary", Secret.of(PRIMARY), KeyStatus.PRIMARY),
                        SigningKey.of("pending", Secret.of(PENDING), KeyStatus.PENDING),
                        SigningKey.of("retiring", Secret.of(RETIRING), KeyStatus.RETIRING),
                        SigningKey.revoked("revoked")));
    }

    public static JwtVerifier verifier() {
        return verifier(KeySource.of(ring()));
    }

    public static JwtVerifier verifier(KeySource keys) {
        return JwtVerifier.builder(keys)
                .audience(AUDIENCE)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
    }

    /** The genuine token of this header and payload. */
    public static String token(String header, String payload) {
        return signed(base64url(header) + "." + base64url(payload), PRIMARY);
    }

    /** {@link #HEADER} with members added, for instance {@code "kid":"primary"}. */
    public static String headerWith(String members) {
        return "{\"alg\":\"HS256\",\"typ\":\"JWT\"," + members + "}";
    }

    /** {@link #PAYLOAD} with one member's text replaced, for instance {@code "aud":"env_test"}. */
    public static String payloadWith(String member, String replacement) {
        if (!PAYLOAD.contains(member)) {
            throw new IllegalArgumentException("the payload has no " + member);
        }
        return PAYLOAD.replace(member, replacement);
    }

    /** The text with its HS256 signature, whatever the text is. */
    public static String signed(String signingInput, String secret) {
        return signed("HmacSHA256", signingInput, secret);
    }

    public static String signed(String macName, String signingInput, String secret) {
        return signingInput + "." + base64url(mac(macName, secret, signingInput.getBytes(ISO_8859_1)));
    }

    /** The MAC of an id, as the HMAC forms spell it. */
    public static byte[] macOf(String secret, String id) {
        return mac("HmacSHA256", secret, id.getBytes(UTF_8));
    }

    public static byte[] mac(String macName, String secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(macName);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), macName));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static String base64url(String text) {
        return base64url(text.getBytes(UTF_8));
    }

    public static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The bytes of these numbers, between two ASCII texts. */
    public static byte[] bytes(String before, int[] between, String after) {
        byte[] head = before.getBytes(ISO_8859_1);
        byte[] tail = after.getBytes(ISO_8859_1);
        byte[] all = new byte[head.length + between.length + tail.length];
        System.arraycopy(head, 0, all, 0, head.length);
        for (int i = 0; i < between.length; i++) {
            all[head.length + i] = (byte) between[i];
        }
        System.arraycopy(tail, 0, all, head.length + between.length, tail.length);
        return all;
    }
}
