package dev.countersign.server.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What hand-written recipes do to a secret instead of taking its UTF-8 as the key. */
public enum SecretMistake {
    /** Key and message are swapped: the argument order differs from language to language. */
    SWAPPED {
        @Override
        byte @Nullable [] compute(String secret, byte[] message) {
            return HmacSha256.of(message).mac(secret.getBytes(UTF_8));
        }
    },
    /** The secret is decoded as hex (dashes of a UUID left out) before it is used. */
    HEX_DECODED {
        @Override
        byte @Nullable [] compute(String secret, byte[] message) {
            try {
                byte[] key = HexFormat.of().parseHex(secret.replace("-", ""));
                return key.length == 0 ? null : HmacSha256.of(key).mac(message);
            } catch (IllegalArgumentException notHex) {
                return null;
            }
        }
    },
    /** The secret, or what follows its prefix such as {@code sis_}, is decoded as Base64 before it is used. */
    BASE64_DECODED {
        @Override
        byte @Nullable [] compute(String secret, byte[] message) {
            String text = secret.substring(secret.indexOf('_') + 1);
            try {
                byte[] key = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
                return key.length == 0 ? null : HmacSha256.of(key).mac(message);
            } catch (IllegalArgumentException notBase64) {
                return null;
            }
        }
    },
    /** SHA-256 of the secret followed by the message, without HMAC. */
    HASHED_SECRET_FIRST {
        @Override
        byte @Nullable [] compute(String secret, byte[] message) {
            return sha256(secret.getBytes(UTF_8), message);
        }
    },
    /** SHA-256 of the message followed by the secret, without HMAC. */
    HASHED_SECRET_LAST {
        @Override
        byte @Nullable [] compute(String secret, byte[] message) {
            return sha256(message, secret.getBytes(UTF_8));
        }
    };

    abstract byte @Nullable [] compute(String secret, byte[] message);

    private static byte[] sha256(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        try {
            return MessageDigest.getInstance("SHA-256").digest(both.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM offers no SHA-256", e);
        }
    }
}
