package dev.countersign.server.internal;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64 that accepts each value in one spelling only (RFC 4648, canonical form): the JDK's decoders also take missing
 * or needless padding and stray low bits in the last character.
 */
public final class StrictBase64 {
    private StrictBase64() {}

    /** Decodes the bytes of a range, base64url without padding (RFC 7515 section 2), or answers null. */
    public static byte @Nullable [] decodeUrl(byte[] ascii, int from, int to) {
        // The JDK's decoder, which newer processors have instructions for, is strict but for the last character.
        if (to > from && !mayEnd((to - from) % 4, ascii[to - 1])) {
            return null;
        }
        try {
            return Base64.getUrlDecoder()
                    .decode(ByteBuffer.wrap(ascii, from, to - from))
                    .array();
        } catch (IllegalArgumentException notInTheAlphabet) {
            return null;
        }
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

    /** Whether a character may be the last of so many in its group: it neither pads nor has bits that say nothing. */
    private static boolean mayEnd(int count, byte last) {
        return switch (count) {
            case 0 -> last != '=';
            case 2 -> last == 'A' || last == 'Q' || last == 'g' || last == 'w';
            case 3 -> "AEIMQUYcgkosw048".indexOf(last) >= 0;
            default -> false;
        };
    }
}
