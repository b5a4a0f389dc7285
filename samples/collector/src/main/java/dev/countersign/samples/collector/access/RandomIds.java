package dev.countersign.samples.collector.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** New ids, from a secure random generator. */
public final class RandomIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomIds() {}

    /**
     * A short id.
     *
     * @return the prefix and 48 random bits in hex
     */
    public static String of(String prefix) {
        return prefix + HexFormat.of().formatHex(bytes(6));
    }

    /**
     * An id that nobody guesses.
     *
     * @return the prefix and 256 random bits in base64url
     */
    public static String unguessable(String prefix) {
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
