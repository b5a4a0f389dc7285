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

    /** With a key that is no text. */
    static String hexOfKey(byte[] key, String id) {
        return HexFormat.of().formatHex(mac("HmacSHA256", key, id));
    }

    static String base64(String secret, String id) {
        return Base64.getEncoder().encodeToString(mac(secret, id));
    }

    static String v1(String secret, String id) {
        return "hmac_v1:" + hex(secret, id);
    }

    static String jwt(String secret, String payload) {
        return jwt("HmacSHA256", secret, "{\"alg\":\"HS256\",\"typ\":\"JWT\"}", payload);
    }

    /** A token with any header, signed with any of the JDK's MACs, whatever the header says; unsigned for null. */
    static String jwt(String mac, String secret, String header, String payload) {
        String signed = part(header) + "." + part(payload);
        return signed + "."
                + (mac == null ? "" : Base64.getUrlEncoder().withoutPadding().encodeToString(mac(mac, secret, signed)));
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mac(String secret, String message) {
        return mac("HmacSHA256", secret, message);
    }

    private static byte[] mac(String algorithm, String secret, String message) {
        return mac(algorithm, secret.getBytes(StandardCharsets.UTF_8), message);
    }

    private static byte[] mac(String algorithm, byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
