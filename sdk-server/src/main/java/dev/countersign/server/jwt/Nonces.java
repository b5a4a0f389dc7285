package dev.countersign.server.jwt;

import dev.countersign.server.internal.JsonWriter;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Nonces of 132 bits that nobody can foresee: base64url of SHA-256 over 256 random bits, drawn once, and a counter, made
 * for many nonces at a time. {@link SecureRandom} itself takes a lock for each draw. Thread-safe, without locks.
 */
final class Nonces {
    private static final int LENGTH = 22;
    private static final int HASH_BYTES = 32;

    /** 64 nonces are the Base64 of 33 hashes, to the byte. */
    private static final int BATCH = 64;

    private static final int HASHES = 33;

    private final byte[] seed = new byte[32];
    private final AtomicLong hashes = new AtomicLong();
    private volatile Batch batch;

    private static final class Batch {
        final byte[] text;
        final AtomicInteger taken = new AtomicInteger();

        Batch(byte[] text) {
            this.text = text;
        }
    }

    Nonces(SecureRandom random) {
        random.nextBytes(seed);
        batch = newBatch();
    }

    /** Writes the next one: 22 characters of base64url. */
    void writeTo(JsonWriter json) {
        Batch latest = batch;
        int index = latest.taken.getAndIncrement();
        if (index >= BATCH) {
            // Whoever comes late makes a batch too; the last one is kept.
            latest = newBatch();
            index = latest.taken.getAndIncrement();
            batch = latest;
        }
        json.raw(latest.text, index * LENGTH, LENGTH);
    }

    private Batch newBatch() {
        ByteBuffer input = ByteBuffer.allocate(seed.length + Long.BYTES).put(seed);
        long first = hashes.getAndAdd(HASHES);
        byte[] bits = new byte[HASHES * HASH_BYTES];
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < HASHES; i++) {
                sha256.update(input.putLong(seed.length, first + i).array());
                sha256.digest(bits, i * HASH_BYTES, HASH_BYTES);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM offers no SHA-256", e);
        }
        return new Batch(Base64.getUrlEncoder().encode(bits));
    }
}
