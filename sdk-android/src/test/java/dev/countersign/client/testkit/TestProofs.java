package dev.countersign.client.testkit;

import dev.countersign.client.identity.IdentityProof;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Proofs of the right shape, which no key made. The {@code n}-th proof of an id always has the same text, and no two are
 * alike. A test's collector tells whose they are: {@link #judge}.
 */
public final class TestProofs {
    private static final String PREFIX = "hmac_v1:";
    /** Hexadecimal digits that depend on the id alone. */
    private static final int OF_ID = 56;

    private TestProofs() {}

    /** The text of the {@code n}-th proof of a user or group. */
    public static String value(String id, int n) {
        return PREFIX + digits(id) + String.format("%08x", n);
    }

    /** The {@code n}-th proof of a user or group. */
    public static IdentityProof of(String id, int n) {
        return IdentityProof.token(value(id, n));
    }

    /** Whether this is one of the proofs of this user or group. */
    public static boolean isOf(String id, String proof) {
        return proof != null && proof.startsWith(PREFIX + digits(id)) && proof.length() == PREFIX.length() + OF_ID + 8;
    }

    /**
     * What a collector under STRICT says of an event whose proofs are from here: null when it is in order, otherwise the
     * reason. To be set as {@link TestCollector#judge}. Anonymous events pass.
     */
    public static String judge(SentEvent event) {
        String user = judge(event.userId(), event.token());
        return user == null ? judge(event.groupId(), event.groupToken()) : user;
    }

    private static String judge(String id, String proof) {
        if (id == null || isOf(id, proof)) {
            return null;
        }
        return proof == null ? "MISSING" : "SIGNATURE_MISMATCH";
    }

    /** A JWT with this payload, in JSON, and a signature that is none. */
    public static String jwt(String payload) {
        return part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + part(payload) + "." + part("not a signature");
    }

    /** One part of a JWT. */
    public static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String digits(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            StringBuilder digits = new StringBuilder(OF_ID);
            for (int i = 0; i < OF_ID; i++) {
                digits.append(Character.forDigit(hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf, 16));
            }
            return digits.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
