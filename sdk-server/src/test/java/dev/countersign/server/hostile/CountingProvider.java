package dev.countersign.server.hostile;

import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Offers the JDK's SHA-256 and counts what is digested: the cryptographic work that a verification really does, without
 * a seam in the code under test. An HMAC is two digests.
 */
public final class CountingProvider extends Provider {
    private static final long serialVersionUID = 1L;
    private static final AtomicLong DIGESTS = new AtomicLong();
    private static final AtomicLong BYTES = new AtomicLong();

    CountingProvider() {
        super("Counting", "1.0", "the JDK's SHA-256, counted");
        put("MessageDigest.SHA-256", CountedSha256.class.getName());
        put("MessageDigest.SHA-256 ImplementedIn", "Software");
    }

    static void reset() {
        DIGESTS.set(0);
        BYTES.set(0);
    }

    /** Digests finished since the last reset. */
    static long digests() {
        return DIGESTS.get();
    }

    /** Bytes digested since the last reset. */
    static long bytes() {
        return BYTES.get();
    }

    /** Made by the provider's reflection, hence public. */
    public static final class CountedSha256 extends MessageDigestSpi implements Cloneable {
        private MessageDigest digest;

        public CountedSha256() throws NoSuchAlgorithmException, NoSuchProviderException {
            digest = MessageDigest.getInstance("SHA-256", "SUN");
        }

        @Override
        protected void engineUpdate(byte input) {
            BYTES.incrementAndGet();
            digest.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            BYTES.addAndGet(length);
            digest.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            DIGESTS.incrementAndGet();
            return digest.digest();
        }

        @Override
        protected void engineReset() {
            digest.reset();
        }

        @Override
        protected int engineGetDigestLength() {
            return 32;
        }

        @Override
        public Object clone() throws CloneNotSupportedException {
            CountedSha256 copy = (CountedSha256) super.clone();
            copy.digest = (MessageDigest) digest.clone();
            return copy;
        }
    }
}
