package dev.countersign.server.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259) as UTF-8 bytes. Not thread-safe: one writer makes one text. */
public final class JsonWriter {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    /** The types whose toString is JSON. */
    private static final Set<Class<?>> NUMBERS = Set.of(
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class);

    private byte[] out;
    private int length;

    /** A writer whose buffer starts at this many bytes and grows as needed. */
    public JsonWriter(int capacity) {
        out = new byte[capacity];
    }

    /** Appends ASCII as it is: punctuation, member names and numbers that the caller knows to be valid. */
    public JsonWriter ascii(String text) {
        int size = text.length();
        reserve(size);
        for (int i = 0; i < size; i++) {
            out[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** Appends bytes that are JSON already. */
    public JsonWriter raw(byte[] json) {
        return raw(json, 0, json.length);
    }

    /** Appends what another writer has written so far. */
    public JsonWriter raw(JsonWriter json) {
        return raw(json.out, 0, json.length);
    }

    /** Appends some of the bytes, which are JSON already. */
    public JsonWriter raw(byte[] json, int from, int size) {
        reserve(size);
        System.arraycopy(json, from, out, length, size);
        length += size;
        return this;
    }

    /**
     * Appends a quoted, escaped string.
     *
     * @throws IllegalArgumentException when it has a lone surrogate
     */
    public JsonWriter string(String text) {
        int size = text.length();
        reserve(size + 2);
        out[length++] = '"';
        int plain = plain(text);
        reserve(6 * (size - plain) + 1);
        for (int i = plain; i < size; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                asciiCharacter(c);
            } else if (!Character.isSurrogate(c)) {
                utf8(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < size && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                throw new IllegalArgumentException("lone surrogate at index " + i);
            }
        }
        out[length++] = '"';
        return this;
    }

    /**
     * Appends a value: null, {@code String}, {@code Boolean}, a finite {@code Number}, an {@code Iterable}, or a
     * {@code Map} with {@code String} keys.
     *
     * @throws IllegalArgumentException naming the type or rule, for anything else or nesting below {@code depth}
     */
    public JsonWriter value(@Nullable Object value, int depth) {
        if (value instanceof String text) {
            return string(text);
        } else if (value == null || value instanceof Boolean) {
            return ascii(String.valueOf(value));
        } else if (value instanceof Number number) {
            return number(number);
        } else if (depth == 0 && (value instanceof Map || value instanceof Iterable)) {
            throw new IllegalArgumentException("nested too deeply");
        } else if (value instanceof Map<?, ?> map) {
            return object(map, depth - 1);
        } else if (value instanceof Iterable<?> elements) {
            return array(elements, depth - 1);
        }
        throw new IllegalArgumentException(
                "has the type " + value.getClass().getName() + "; allowed are String, Boolean, Number, List and Map");
    }

    /** The bytes written so far. */
    public byte[] toByteArray() {
        return Arrays.copyOf(out, length);
    }

    /** How many bytes were written so far. */
    public int length() {
        return length;
    }

    private JsonWriter number(Number number) {
        if (!NUMBERS.contains(number.getClass())) {
            throw new IllegalArgumentException(
                    "has the type " + number.getClass().getName());
        }
        if (!Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("is " + number + "; allowed are numbers that a finite double can hold");
        }
        return ascii(number.toString());
    }

    private JsonWriter object(Map<?, ?> map, int depth) {
        String separator = "{";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!(member.getKey() instanceof String name)) {
                throw new IllegalArgumentException("has a key that is not a String");
            }
            ascii(separator).string(name).ascii(":").value(member.getValue(), depth);
            separator = ",";
        }
        return ascii(map.isEmpty() ? "{}" : "}");
    }

    private JsonWriter array(Iterable<?> elements, int depth) {
        ascii("[");
        boolean first = true;
        for (Object element : elements) {
            if (!first) {
                ascii(",");
            }
            first = false;
            value(element, depth);
        }
        return ascii("]");
    }

    /** Appends the characters before the first that is not written as it is: most often all. */
    private int plain(String text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
                break;
            }
            out[length + i++] = (byte) c;
        }
        length += i;
        return i;
    }

    private void asciiCharacter(char c) {
        if (c == '"' || c == '\\') {
            out[length++] = '\\';
        } else if (c < ' ') {
            out[length++] = '\\';
            out[length++] = 'u';
            out[length++] = '0';
            out[length++] = '0';
            out[length++] = HEX[c >> 4];
            out[length++] = HEX[c & 15];
            return;
        }
        out[length++] = (byte) c;
    }

    private void utf8(int codePoint) {
        if (codePoint < 0x800) {
            out[length++] = (byte) (0xC0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                out[length++] = (byte) (0xE0 | (codePoint >> 12));
            } else {
                out[length++] = (byte) (0xF0 | (codePoint >> 18));
                out[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
            }
            out[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
        }
        out[length++] = (byte) (0x80 | (codePoint & 0x3F));
    }

    private void reserve(int more) {
        if (out.length - length < more) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
        }
    }
}
