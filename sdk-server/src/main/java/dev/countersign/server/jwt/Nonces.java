package dev.countersign.server.jwt;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Nonces of 128 bits that nobody can foresee and that never repeat: SHA-256 over 256 random bits, drawn once, and a
 * counter. {@link SecureRandom} itself takes a lock for each draw. Thread-safe.
 */
final class Nonces {
    private static final int NONCE_BYTES = 16;

    private final byte[] seed = new byte[32];
    private final MessageDigest seeded;
    private final AtomicLong counter = new AtomicLong();

    Nonces(SecureRandom random) {
        random.nextBytes(seed);
        seeded = newSeeded();
    }

    /** 22 characters of base64url. */
    String next() {
        byte[] count = ByteBuffer.allocate(Long.BYTES)
                .putLong(counter.getAndIncrement())
                .array();
        byte[] hash = copyOfSeeded().digest(count);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, NONCE_BYTES));
    }

    /** Looking a digest up costs as much as the hash does; not every provider's can be cloned. */
    private MessageDigest copyOfSeeded() {
        try {
            return (MessageDigest) seeded.clone();
        } catch (CloneNotSupportedException e) {
            return newSeeded();
        }
    }

    private MessageDigest newSeeded() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(seed);
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM offers no SHA-256", e);
        }
    }
}
