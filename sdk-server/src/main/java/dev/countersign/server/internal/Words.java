package dev.countersign.server.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time, as one number whose lowest byte comes first. */
public final class Words {
    /** How many bytes are looked at. */
    static final int BYTES = 8;

    private static final int MAC_BYTES = 32;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_NIBBLES = 0x000F000F000F000FL;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle HALVES = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    /** Whether two HMAC-SHA256 are the same. How long it takes does not tell where they differ. */
    public static boolean areSameMac(byte[] mac, byte[] other) {
        if (mac.length != MAC_BYTES || other.length != MAC_BYTES) {
            return false;
        }
        long difference = 0;
        for (int i = 0; i < MAC_BYTES; i += BYTES) {
            difference |= at(mac, i) ^ at(other, i);
        }
        return difference == 0;
    }

    /** Writes an HMAC-SHA256 as 64 lower-case hexadecimal digits. */
    public static void writeHex(byte[] mac, byte[] out, int from) {
        for (int i = 0; i < MAC_BYTES; i += BYTES / 2) {
            WORDS.set(out, from + 2 * i, hexDigits((int) HALVES.get(mac, i)));
        }
    }

    private static long hexDigits(int fourBytes) {
        // Each byte into two, the higher nibble before the lower one.
        long nibbles = fourBytes & 0xFFFFFFFFL;
        nibbles = (nibbles | nibbles << 16) & 0x0000FFFF0000FFFFL;
        nibbles = (nibbles | nibbles << 8) & 0x00FF00FF00FF00FFL;
        nibbles = (nibbles >>> 4 & LOW_NIBBLES) | (nibbles & LOW_NIBBLES) << 8;
        // Six more take a nibble above nine past fifteen.
        long letters = (nibbles + 6 * LOW_BITS) >>> 4 & LOW_BITS;
        return nibbles + '0' * LOW_BITS + letters * ('a' - '9' - 1);
    }

    /** The word there. */
    static long at(byte[] in, int at) {
        return (long) WORDS.get(in, at);
    }

    /** The word up to its first quote, that included, and zeros instead of what follows. */
    static long upToQuote(long word) {
        // The lowest bit that is set is the highest bit of the first quote (Hacker's Delight, section 6-1).
        long other = word ^ ('"' * LOW_BITS);
        long quotes = (other - LOW_BITS) & ~other & HIGH_BITS;
        return word & (quotes ^ (quotes - 1));
    }

    /** Where from here on the first byte is that does not stand for itself in a JSON string of ASCII. */
    static int endOfPlain(byte[] in, int from) {
        int at = from;
        while (in.length - at >= BYTES) {
            // The highest bit of a byte says that it is one of these. Borrows set false ones above the first only.
            long word = at(in, at);
            long quote = (word ^ ('"' * LOW_BITS)) - LOW_BITS;
            long backslash = (word ^ ('\\' * LOW_BITS)) - LOW_BITS;
            long control = word - ' ' * LOW_BITS;
            long ends = (word | quote | backslash | control) & HIGH_BITS;
            if (ends != 0) {
                return at + Long.numberOfTrailingZeros(ends) / Byte.SIZE;
            }
            at += BYTES;
        }
        // Bytes of other characters than ASCII's are negative.
        while (at < in.length && in[at] >= ' ' && in[at] != '"' && in[at] != '\\') {
            at++;
        }
        return at;
    }
}
