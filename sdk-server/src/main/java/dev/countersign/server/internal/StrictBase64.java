package dev.countersign.server.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 that accepts each value in one spelling only (RFC 4648, canonical form): the JDK's decoders also take missing
 * or needless padding and stray low bits in the last character.
 */
public final class StrictBase64 {
    private static final String URL_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final byte[] VALUES = new byte[128];

    static {
        for (int i = 0; i < 64; i++) {
            VALUES[URL_ALPHABET.charAt(i)] = (byte) i;
        }
        VALUES['+'] = 62;
        VALUES['/'] = 63;
    }

    private StrictBase64() {}

    /** Decodes the bytes of a range, base64url without padding (RFC 7515 section 2), or answers null. */
    public static byte @Nullable [] decodeUrl(byte[] ascii, int from, int to) {
        if (from == to) {
            return new byte[0];
        }
        if (!lastCharacterIsCanonical(ascii[to - 1], to - from)) {
            return null;
        }
        try {
            ByteBuffer decoded = Base64.getUrlDecoder().decode(ByteBuffer.wrap(ascii, from, to - from));
            byte[] bytes = decoded.array();
            return bytes.length == decoded.limit() ? bytes : Arrays.copyOf(bytes, decoded.limit());
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    /** Decodes padded standard Base64 (RFC 4648 section 4) of exactly 32 bytes, or answers null. */
    public static byte @Nullable [] decode32(String text) {
        if (text.length() != 44 || text.charAt(43) != '=') {
            return null;
        }
        char last = text.charAt(42);
        if (last > 127 || !lastCharacterIsCanonical((byte) last, 43)) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(text);
            return decoded.length == 32 ? decoded : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static boolean lastCharacterIsCanonical(byte last, int length) {
        if (last < 0 || last == '=') {
            return false;
        }
        return switch (length % 4) {
            case 1 -> false;
            case 2 -> (VALUES[last] & 0b1111) == 0;
            case 3 -> (VALUES[last] & 0b11) == 0;
            default -> true;
        };
    }
}
