package dev.countersign.client.internal.support;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes event ids (UUIDv7, RFC 9562 section 5.7) and anonymous ids (UUIDv4). Secret seeds are drawn once from the
 * machine's secure source; a counter, mixed with them, then makes every id without a lock or a system call. Safe for use
 * by several threads.
 *
 * <p>Event ids are unique, and quickly made; who has seen some may work out the next ones. Anonymous ids stand for a
 * visitor, so they are digests, which tell nothing of each other.
 */
public final class Ids {
    /** Characters of an id. */
    public static final int LENGTH = 36;

    private static final int SECRET_BYTES = 32;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long seedA;
    private final long seedB;
    /** Of anonymous ids alone. */
    private final byte[] secret;

    private final AtomicLong counter = new AtomicLong();

    /** Ids of these seeds, which must be random where ids must not collide. */
    public Ids(long seedA, long seedB, byte[] secret) {
        this.seedA = seedA;
        this.seedB = seedB;
        this.secret = secret.clone();
    }

    /** Seeded from {@link SecureRandom}, on another thread: it reads a device file, which the caller's thread never does. */
    public static Ids secure() {
        FutureTask<Ids> task = new FutureTask<>(() -> {
            SecureRandom random = new SecureRandom();
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            return new Ids(random.nextLong(), random.nextLong(), secret);
        });
        Thread thread = new Thread(task, "countersign-seed");
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("no secure random source", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Writes the next event id of this moment, 36 characters without quotes. */
    public void writeEventId(JsonBytes out, long epochMillis) {
        long n = counter.getAndIncrement() * GOLDEN;
        long high = epochMillis << 16 | 0x7000 | mix(seedA + n) & 0xfff;
        write(out, high, variant(mix(seedB + n)));
    }

    /** A random id that tells nothing. */
    public String anonymousId() {
        ByteBuffer digest = ByteBuffer.wrap(digest(counter.getAndIncrement()));
        JsonBytes out = new JsonBytes(LENGTH);
        write(out, digest.getLong() & ~0xf000L | 0x4000, variant(digest.getLong()));
        StringBuilder id = new StringBuilder(LENGTH);
        for (byte b : out.array()) {
            id.append((char) b);
        }
        return id.toString();
    }

    private byte[] digest(long n) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(secret);
            return sha256.digest(ByteBuffer.allocate(Long.BYTES).putLong(n).array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java and Android has SHA-256", e);
        }
    }

    private static long variant(long bits) {
        return bits & 0x3fffffffffffffffL | 0x8000000000000000L;
    }

    private static void write(JsonBytes out, long high, long low) {
        out.hex(high >>> 32, 8).raw('-').hex(high >>> 16, 4).raw('-').hex(high, 4);
        out.raw('-').hex(low >>> 48, 4).raw('-').hex(low, 12);
    }

    // The finaliser of SplitMix64: a bijection, so equal counters aside no two ids of one client are equal by chance
    // alone.
    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
