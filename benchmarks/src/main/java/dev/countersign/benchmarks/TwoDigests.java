package dev.countersign.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/** The limit: the two digests of HMAC-SHA256 that depend on the message, and no rule, look-up or result around them. */
final class TwoDigests {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private static final byte[] VALUES = new byte[128];

    static {
        for (int i = 0; i < HEX.length; i++) {
            VALUES[HEX[i]] = (byte) i;
        }
    }

    private final MessageDigest inner;
    private final MessageDigest outer;

    /** @param key 64 bytes at most */
    TwoDigests(byte[] key) {
        inner = padded(key, 0x36);
        outer = padded(key, 0x5c);
    }

    byte[] mac(byte[] message) {
        return mac(message, message.length);
    }

    byte[] mac(byte[] message, int length) {
        try {
            MessageDigest digest = (MessageDigest) inner.clone();
            digest.update(message, 0, length);
            byte[] mac = new byte[32];
            digest.digest(mac, 0, 32);
            digest = (MessageDigest) outer.clone();
            digest.update(mac);
            digest.digest(mac, 0, 32);
            return mac;
        } catch (CloneNotSupportedException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(byte[] mac) {
        byte[] digits = new byte[2 * mac.length];
        for (int i = 0; i < mac.length; i++) {
            digits[2 * i] = HEX[(mac[i] >> 4) & 15];
            digits[2 * i + 1] = HEX[mac[i] & 15];
        }
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    /** The bytes of well-formed lower-case hex. */
    static byte[] unhex(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((VALUES[hex.charAt(2 * i)] << 4) | VALUES[hex.charAt(2 * i + 1)]);
        }
        return bytes;
    }

    private static MessageDigest padded(byte[] key, int pad) {
        byte[] block = Arrays.copyOf(key, 64);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= (byte) pad;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(block);
            return digest;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
