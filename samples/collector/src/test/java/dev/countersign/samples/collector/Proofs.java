package dev.countersign.samples.collector;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proofs computed with the JDK alone: an implementation independent of the SDK that the collector uses. */
final class Proofs {
    private Proofs() {}

    static String hex(String secret, String id) {
        return HexFormat.of().formatHex(mac(secret, id));
    }

    static String base64(String secret, String id) {
        return Base64.getEncoder().encodeToString(mac(secret, id));
    }

    static String v1(String secret, String id) {
        return "hmac_v1:" + hex(secret, id);
    }

    static String jwt(String secret, String payload) {
        String signed = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + part(payload);
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(secret, signed));
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mac(String secret, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
