package dev.countersign.server.internal;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 that accepts each value in one spelling only (RFC 4648, canonical form): the JDK's decoders also take missing
 * or needless padding and stray low bits in the last character.
 */
public final class StrictBase64 {
    private static final String URL_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** The six bits of each character of the alphabet, else -1. */
    private static final int[] URL_VALUES = new int[256];

    static {
        Arrays.fill(URL_VALUES, -1);
        for (int i = 0; i < 64; i++) {
            URL_VALUES[URL_ALPHABET.charAt(i)] = i;
        }
    }

    private StrictBase64() {}

    /** Decodes the bytes of a range, base64url without padding (RFC 7515 section 2), or answers null. */
    public static byte @Nullable [] decodeUrl(byte[] ascii, int from, int to) {
        int groups = (to - from) / 4;
        int rest = (to - from) % 4;
        if (rest == 1) {
            return null;
        }
        byte[] out = new byte[(to - from) * 3 / 4];
        // Negative as soon as one character is not in the alphabet.
        int all = 0;
        for (int i = 0; i < groups; i++) {
            int bits = bits(ascii, from + 4 * i, 4);
            all |= bits;
            out[3 * i] = (byte) (bits >> 16);
            out[3 * i + 1] = (byte) (bits >> 8);
            out[3 * i + 2] = (byte) bits;
        }
        if (rest > 0) {
            int bits = bits(ascii, to - rest, rest);
            all |= bits;
            out[3 * groups] = (byte) (bits >> 16);
            if (rest == 3) {
                out[3 * groups + 1] = (byte) (bits >> 8);
            }
            boolean stray = (bits & (rest == 3 ? 0xFF : 0xFFFF)) != 0;
            if (stray) {
                return null;
            }
        }
        return all < 0 ? null : out;
    }

    /** Decodes padded standard Base64 (RFC 4648 section 4) of exactly 32 bytes, or answers null. */
    public static byte @Nullable [] decode32(String text) {
        if (text.length() != 44 || text.charAt(43) != '=' || text.charAt(42) == '=') {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            // The JDK drops stray bits of the last character; what it writes has none.
            boolean canonical = Base64.getEncoder().encodeToString(decoded).equals(text);
            return canonical ? decoded : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** The 24 bits of two to four characters; negative when one is not in the alphabet. */
    private static int bits(byte[] ascii, int at, int count) {
        int bits = URL_VALUES[ascii[at] & 0xFF] << 18 | URL_VALUES[ascii[at + 1] & 0xFF] << 12;
        if (count > 2) {
            bits |= URL_VALUES[ascii[at + 2] & 0xFF] << 6;
        }
        return count > 3 ? bits | URL_VALUES[ascii[at + 3] & 0xFF] : bits;
    }
}
