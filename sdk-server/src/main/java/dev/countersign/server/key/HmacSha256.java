package dev.countersign.server.key;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA256 (RFC 2104) with one key. Both padded key blocks are digested once, and each call clones the two digests:
 * two blocks of SHA-256 less per call than {@link Mac}, and neither lock nor {@code ThreadLocal}. Thread-safe.
 *
 * <p>Where the provider's digest cannot be cloned, each call makes a {@link Mac} instead.
 */
final class HmacSha256 {
    private static final int BLOCK_BYTES = 64;
    private static final int MAC_BYTES = 32;

    private final @Nullable MessageDigest inner;
    private final @Nullable MessageDigest outer;
    private final SecretKeySpec key;

    /**
     * @param key any number of bytes but none; copied
     * @param digest a fresh SHA-256 of the provider to use
     */
    HmacSha256(byte[] key, MessageDigest digest) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
        byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? digest.digest(key) : key, BLOCK_BYTES);
        inner = padded(digest, block, 0x36);
        outer = padded(digest, block, 0x5c);
    }

    static HmacSha256 of(byte[] key) {
        return new HmacSha256(key, sha256());
    }

    /** The 32 bytes of the message's MAC. */
    byte[] mac(byte[] message) {
        return mac(message, message.length);
    }

    /** The 32 bytes of the MAC of the first {@code length} bytes. */
    byte[] mac(byte[] message, int length) {
        if (inner == null || outer == null) {
            return macWithoutClones(message, length);
        }
        try {
            MessageDigest digest = (MessageDigest) inner.clone();
            digest.update(message, 0, length);
            byte[] mac = new byte[MAC_BYTES];
            digest.digest(mac, 0, MAC_BYTES);
            digest = (MessageDigest) outer.clone();
            digest.update(mac);
            digest.digest(mac, 0, MAC_BYTES);
            return mac;
        } catch (CloneNotSupportedException | GeneralSecurityException e) {
            throw new AssertionError("this digest was cloned before", e);
        }
    }

    private byte[] macWithoutClones(byte[] message, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(message, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM offers no HmacSHA256", e);
        }
    }

    private static @Nullable MessageDigest padded(MessageDigest digest, byte[] block, int pad) {
        byte[] padded = new byte[BLOCK_BYTES];
        for (int i = 0; i < BLOCK_BYTES; i++) {
            padded[i] = (byte) (block[i] ^ pad);
        }
        try {
            digest.reset();
            MessageDigest copy = (MessageDigest) digest.clone();
            copy.update(padded);
            return copy;
        } catch (CloneNotSupportedException e) {
            return null;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM offers no SHA-256", e);
        }
    }
}
