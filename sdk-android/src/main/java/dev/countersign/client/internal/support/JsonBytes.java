package dev.countersign.client.internal.support;

import java.util.Arrays;

/**
 * A growing array of UTF-8 JSON. The caller sees to commas and brackets; this type sees to escaping and encoding. Not
 * safe for use by several threads.
 */
public final class JsonBytes {
    private static final byte[] HEX = ascii("0123456789abcdef");

    private byte[] bytes;
    private int length;

    /** An empty one with room for {@code capacity} bytes; grows when needed. */
    public JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /** How many bytes were written. */
    public int length() {
        return length;
    }

    /** The array behind this, of which the first {@link #length()} bytes count; shared, not copied. */
    public byte[] array() {
        return bytes;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Takes back what was written after {@code newLength}. */
    public void truncate(int newLength) {
        length = newLength;
    }

    /** Whether {@code count} bytes are the same at two places. */
    public boolean isRepeated(int at, int other, int count) {
        int same = 0;
        while (same < count && bytes[at + same] == bytes[other + same]) {
            same++;
        }
        return same == count;
    }

    /** Writes one ASCII character as it is. */
    public JsonBytes raw(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** Writes ASCII text as it is. */
    public JsonBytes raw(String ascii) {
        int count = ascii.length();
        ensure(count);
        for (int i = 0; i < count; i++) {
            bytes[length + i] = (byte) ascii.charAt(i);
        }
        length += count;
        return this;
    }

    /** Writes JSON that is encoded already. */
    public JsonBytes raw(byte[] json) {
        return raw(json, 0, json.length);
    }

    /** Writes {@code count} bytes of JSON that is encoded already. */
    public JsonBytes raw(byte[] json, int offset, int count) {
        ensure(count);
        System.arraycopy(json, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** Writes the lowest {@code digits} hexadecimal digits of {@code bits}. */
    public JsonBytes hex(long bits, int digits) {
        ensure(digits);
        byte[] to = bytes;
        int at = length;
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            to[at++] = HEX[(int) (bits >>> shift) & 15];
        }
        length = at;
        return this;
    }

    /** Writes {@code value}, which is not negative, with this many decimal digits. */
    public JsonBytes digits(int value, int digits) {
        ensure(digits);
        int rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Writes a whole number. */
    public JsonBytes number(long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            return raw(Long.toString(value));
        }
        int digits = 1;
        for (int rest = (int) value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits((int) value, digits);
    }

    /** Writes a finite number with a fraction, as few digits as name it exactly; those of prices need no search for them. */
    public JsonBytes number(double value) {
        int thousandths = (int) Math.rint(value * 1000);
        if (thousandths <= 0 || thousandths == Integer.MAX_VALUE || thousandths / 1000.0 != value) {
            return raw(Double.toString(value));
        }
        int fraction = thousandths % 1000;
        number((long) (thousandths / 1000)).raw('.');
        if (fraction % 100 == 0) {
            return digits(fraction / 100, 1);
        }
        return fraction % 10 == 0 ? digits(fraction / 10, 2) : digits(fraction, 3);
    }

    /** Writes a JSON string with its quotes. A lone surrogate becomes U+FFFD, so that the result is always valid. */
    public JsonBytes string(String text) {
        int count = text.length();
        ensure(count + 2);
        bytes[length++] = '"';
        for (int i = plain(text, 0); i < count; i = plain(text, i)) {
            i = unusual(text, i) + 1;
            ensure(count - i + 1);
        }
        bytes[length++] = '"';
        return this;
    }

    /** Writes what needs no escape from {@code start} on, for which there is room; returns where that ends. */
    private int plain(String text, int start) {
        byte[] to = bytes;
        int shift = length - start;
        int count = text.length();
        int i = start;
        for (; i < count; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                break;
            }
            to[shift + i] = (byte) c;
        }
        length = shift + i;
        return i;
    }

    /** Writes the escape or the multi-byte form of the character at {@code i}; returns the index of its last char. */
    private int unusual(String text, int i) {
        ensure(6);
        char c = text.charAt(i);
        if (c == '"' || c == '\\') {
            put('\\', c);
        } else if (c < 0x20) {
            put('\\', 'u', '0', '0', HEX[c >> 4], HEX[c & 15]);
        } else if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xc0 | c >> 6, 0x80 | c & 0x3f);
        } else if (!Character.isSurrogate(c)) {
            put(0xe0 | c >> 12, 0x80 | c >> 6 & 0x3f, 0x80 | c & 0x3f);
        } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
            int p = Character.toCodePoint(c, text.charAt(i + 1));
            put(0xf0 | p >> 18, 0x80 | p >> 12 & 0x3f, 0x80 | p >> 6 & 0x3f, 0x80 | p & 0x3f);
            return i + 1;
        } else {
            put(0xef, 0xbf, 0xbd);
        }
        return i;
    }

    private void put(int... values) {
        for (int value : values) {
            bytes[length++] = (byte) value;
        }
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    /** ASCII text, ready to be written often. */
    public static byte[] ascii(String text) {
        return new JsonBytes(text.length()).raw(text).bytes;
    }
}
