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
    private final AtomicLong counter = new AtomicLong();

    Nonces(SecureRandom random) {
        random.nextBytes(seed);
    }

    /** 22 characters of base64url. */
    String next() {
        ByteBuffer input =
                ByteBuffer.allocate(seed.length + Long.BYTES).put(seed).putLong(counter.getAndIncrement());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(input.array());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, NONCE_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM offers no SHA-256", e);
        }
    }
}
