package dev.countersign.server.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object (RFC 8259) that nobody can read in two ways. Refused, where usual parsers guess: a member name
 * that repeats (also when spelled with escapes), trailing bytes, a byte-order mark, invalid UTF-8, lone surrogates,
 * numbers without a finite double, nesting deeper than {@value #MAX_DEPTH}. Work is linear in the input.
 *
 * <p>Values: {@code String}, {@code Boolean}, {@code Long} for integers that fit, else {@code Double}, {@code List},
 * {@code Map} (in order; both unmodifiable), null.
 */
public final class JsonReader {
    /** The deepest nesting of objects and arrays; the outermost object counts as 1. */
    public static final int MAX_DEPTH = 16;

    /** From here on the members of an object are found by their hash. */
    private static final int MANY = 16;

    private final byte[] in;
    private int at;

    private JsonReader(byte[] in) {
        this.in = in;
    }

    /** The object that the bytes hold. */
    public static Map<String, @Nullable Object> readObject(byte[] utf8) throws JsonException {
        JsonReader reader = new JsonReader(utf8);
        reader.skipSpace();
        reader.expect('{');
        Map<String, @Nullable Object> object = reader.object(1);
        reader.skipSpace();
        if (reader.at != utf8.length) {
            throw reader.error("trailing bytes");
        }
        return object;
    }

    private Map<String, @Nullable Object> object(int depth) throws JsonException {
        checkDepth(depth);
        // What is nested has fewer members than the token, most often.
        Members few = new Members(depth == 1 ? 8 : 2);
        skipSpace();
        if (skip('}')) {
            return few;
        }
        do {
            if (few.size() == MANY) {
                return manyMembers(few, depth);
            }
            if (!few.add(name(), value(depth))) {
                throw error("duplicate member");
            }
            skipSpace();
        } while (skip(','));
        expect('}');
        return few;
    }

    /** Reads on where a search through all members would no longer be linear work. */
    private Map<String, @Nullable Object> manyMembers(Members first, int depth) throws JsonException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(first);
        do {
            int before = members.size();
            members.put(name(), value(depth));
            if (members.size() == before) {
                throw error("duplicate member");
            }
            skipSpace();
        } while (skip(','));
        expect('}');
        return Collections.unmodifiableMap(members);
    }

    /** Reads a member's name and the colon. */
    private String name() throws JsonException {
        skipSpace();
        expect('"');
        String name = knownName();
        if (name == null) {
            name = string();
        }
        if (!skip(':')) {
            skipSpace();
            expect(':');
        }
        return name;
    }

    /** Reads the rest of a name that most tokens have, closing quote included; null, and nothing read, for others. */
    private @Nullable String knownName() {
        if (in.length - at < Words.BYTES) {
            return null;
        }
        String name = KnownNames.upToQuote(in, at);
        if (name != null) {
            at += name.length() + 1;
        }
        return name;
    }

    private List<@Nullable Object> array(int depth) throws JsonException {
        checkDepth(depth);
        List<@Nullable Object> elements = new ArrayList<>();
        skipSpace();
        if (skip(']')) {
            return Collections.unmodifiableList(elements);
        }
        do {
            elements.add(value(depth));
            skipSpace();
        } while (skip(','));
        expect(']');
        return Collections.unmodifiableList(elements);
    }

    private @Nullable Object value(int depth) throws JsonException {
        skipSpace();
        return skip('"') ? string() : other(depth);
    }

    /** Reads a value that is no string. */
    private @Nullable Object other(int depth) throws JsonException {
        return switch (peek()) {
            case '{' -> {
                at++;
                yield object(depth + 1);
            }
            case '[' -> {
                at++;
                yield array(depth + 1);
            }
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private @Nullable Object literal(String word, @Nullable Object value) throws JsonException {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    private Number number() throws JsonException {
        int start = at;
        boolean negative = skip('-');
        int first = at;
        long value = 0;
        int end = first;
        while (end < in.length && in[end] >= '0' && in[end] <= '9') {
            value = value * 10 + (in[end++] - '0');
        }
        at = end;
        if (end == first) {
            throw error("not a JSON value");
        }
        if (in[first] == '0' && end - first > 1) {
            throw error("needless zero");
        }
        boolean integer = true;
        if (skip('.')) {
            integer = false;
            requireDigits();
        }
        if (skip('e') || skip('E')) {
            integer = false;
            if (!skip('+')) {
                skip('-');
            }
            requireDigits();
        }
        // 18 digits always fit a long; -0 has no long.
        if (integer && at - start <= 18 && !(negative && in[start + 1] == '0')) {
            return negative ? -value : value;
        }
        return largeOrFractional(ascii(start, at), integer);
    }

    private Number largeOrFractional(String text, boolean integer) throws JsonException {
        if (integer && text.length() <= 20 && !text.equals("-0")) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException tooLarge) {
                // A double, then.
            }
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw error("number out of range");
        }
        return value;
    }

    private void requireDigits() throws JsonException {
        int start = at;
        while (at < in.length && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == start) {
            throw error("digit missing");
        }
    }

    /** Reads what follows the opening quote. */
    private String string() throws JsonException {
        int start = at;
        int end = Words.endOfPlain(in, start);
        at = end;
        if (peek() == '"') {
            at++;
            return ascii(start, end);
        }
        StringBuilder text = new StringBuilder().append(ascii(start, at));
        while (peek() != '"') {
            character(text);
        }
        at++;
        if (Ids.hasLoneSurrogate(text)) {
            throw error("lone surrogate");
        }
        return text.toString();
    }

    /** By the one constructor that does not look for the character set first, and is small enough to be inlined. */
    @SuppressWarnings("deprecation")
    private String ascii(int start, int end) {
        return new String(in, 0, start, end - start);
    }

    private void character(StringBuilder text) throws JsonException {
        int first = in[at++] & 0xFF;
        if (first == '\\') {
            text.append(escape());
        } else if (first < ' ') {
            throw error("control character in a string");
        } else if (first < 0x80) {
            text.append((char) first);
        } else if (first >= 0xC2 && first < 0xE0) {
            text.appendCodePoint(((first & 0x1F) << 6) | continuation());
        } else if (first >= 0xE0 && first < 0xF0) {
            text.appendCodePoint(wellFormed(((first & 0x0F) << 12) | (continuation() << 6) | continuation(), 0x800));
        } else if (first >= 0xF0 && first < 0xF5) {
            text.appendCodePoint(wellFormed(
                    ((first & 0x07) << 18) | (continuation() << 12) | (continuation() << 6) | continuation(), 0x10000));
        } else {
            throw error("invalid UTF-8");
        }
    }

    private int continuation() throws JsonException {
        int next = peek() & 0xFF;
        if ((next & 0xC0) != 0x80) {
            throw error("invalid UTF-8");
        }
        at++;
        return next & 0x3F;
    }

    private int wellFormed(int codePoint, int least) throws JsonException {
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        if (codePoint < least || codePoint > Character.MAX_CODE_POINT || surrogate) {
            throw error("invalid UTF-8");
        }
        return codePoint;
    }

    private char escape() throws JsonException {
        byte kind = peek();
        at++;
        return switch (kind) {
            case '"', '\\', '/' -> (char) kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) ((hexDigit() << 12) | (hexDigit() << 8) | (hexDigit() << 4) | hexDigit());
            default -> throw error("unknown escape");
        };
    }

    private int hexDigit() throws JsonException {
        int digit = peek() < 0 ? -1 : Character.digit(in[at], 16);
        if (digit < 0) {
            throw error("invalid \\u escape");
        }
        at++;
        return digit;
    }

    private void checkDepth(int depth) throws JsonException {
        if (depth > MAX_DEPTH) {
            throw error("nesting deeper than " + MAX_DEPTH);
        }
    }

    private void skipSpace() {
        while (at < in.length
                && in[at] <= ' '
                && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
    }

    private byte peek() throws JsonException {
        if (at >= in.length) {
            throw error("unexpected end");
        }
        return in[at];
    }

    private boolean skip(char c) {
        if (at < in.length && in[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) throws JsonException {
        if (!skip(c)) {
            throw error(at == in.length ? "unexpected end" : "expected '" + c + "'");
        }
    }

    private JsonException error(String rule) {
        return new JsonException(rule, at);
    }
}
