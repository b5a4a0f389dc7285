package dev.countersign.server.jwt;

import dev.countersign.server.internal.JsonWriter;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces of 132 bits that nobody can foresee: base64url of an AES-CTR key stream, made for many nonces at a time, under
 * a key drawn once. {@link SecureRandom} itself takes a lock for each draw. Thread-safe.
 */
final class Nonces {
    private static final int LENGTH = 22;

    private static final int BATCH = 256;
    private static final int BATCH_BYTES = BATCH * LENGTH * 3 / 4;

    private final SecretKeySpec key;
    private final AtomicLong batches = new AtomicLong();
    private volatile Batch batch;

    private static final class Batch {
        final byte[] text;
        final AtomicInteger taken = new AtomicInteger();

        Batch(byte[] text) {
            this.text = text;
        }
    }

    Nonces(SecureRandom random) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        key = new SecretKeySpec(bits, "AES");
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
        byte[] counter =
                ByteBuffer.allocate(16).putLong(batches.getAndIncrement()).array();
        try {
            Cipher stream = Cipher.getInstance("AES/CTR/NoPadding");
            stream.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
            return new Batch(Base64.getUrlEncoder().encode(stream.doFinal(new byte[BATCH_BYTES])));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM offers no AES/CTR", e);
        }
    }
}
