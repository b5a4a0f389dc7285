package dev.countersign.client;

import dev.countersign.client.identity.IdentityProof;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Proofs of the right shape, all different; a test's collector knows which are good. */
public final class TestProofs {
    private TestProofs() {}

    /** The text of the {@code n}-th proof of a user or group. */
    public static String value(String id, int n) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return "hmac_v1:" + HexFormat.of().formatHex(sha.digest((id + "#" + n).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static IdentityProof of(String id, int n) {
        return IdentityProof.token(value(id, n));
    }

    /** A JWT with this payload and a signature that is no signature. */
    public static String jwt(String payload) {
        return part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + part(payload) + "." + part("not a signature");
    }

    public static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
