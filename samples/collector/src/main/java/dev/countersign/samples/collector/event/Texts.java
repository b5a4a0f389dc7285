package dev.countersign.samples.collector.event;

import com.fasterxml.jackson.core.JsonToken;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Small questions about JSON text. */
final class Texts {
    private static final int UUID_LENGTH = 36;
    /** The characters of an escape with four hexadecimal digits. */
    private static final int ESCAPE = 6;

    private static final String PLAIN_UTC = "0000-00-00T00:00:00.000Z";

    private Texts() {}

    /** Whether a text has only whole surrogate pairs: half of one has no UTF-8. */
    static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /**
     * Whether the escapes in a part of well-formed JSON make only whole surrogate pairs. A pair is two escapes: what is
     * not escaped has been found to be valid UTF-8.
     */
    static boolean escapesAreWellFormed(byte[] json, int from, int to) {
        int at = from;
        while (at < to) {
            if (json[at] != '\\') {
                at++;
                continue;
            }
            char escaped = escaped(json, at);
            if (Character.isHighSurrogate(escaped) && Character.isLowSurrogate(escaped(json, at + ESCAPE))) {
                at += 2 * ESCAPE;
            } else if (Character.isSurrogate(escaped)) {
                return false;
            } else {
                at += 2; // also past an escaped backslash
            }
        }
        return true;
    }

    /** The character of the escape of four digits there; 0 when there is none. */
    private static char escaped(byte[] json, int at) {
        if (json[at] != '\\' || json[at + 1] != 'u') {
            return 0;
        }
        int code = 0;
        for (int i = at + 2; i < at + ESCAPE; i++) {
            code = code << 4 | Character.digit(json[i], 16);
        }
        return (char) code;
    }

    /** Whether it is a UUID of version 7 and the RFC 9562 variant, in its one canonical spelling. */
    static boolean isUuidV7(String id) {
        if (id.length() != UUID_LENGTH || id.charAt(14) != '7' || "89ab".indexOf(id.charAt(19)) < 0) {
            return false;
        }
        int digits = 0;
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = id.charAt(i);
            digits += (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ? 1 : 0;
        }
        boolean dashes = id.charAt(8) == '-' && id.charAt(13) == '-' && id.charAt(18) == '-' && id.charAt(23) == '-';
        return dashes && digits == UUID_LENGTH - 4;
    }

    /** Whether it is a date, a time and an offset in ISO 8601's extended format, as RFC 3339 has it. */
    static boolean isTimestamp(String text) {
        if (isPlainUtc(text)) {
            return true;
        }
        try {
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** What nearly every client writes, {@code 2026-11-20T10:00:00.000Z}, told without the formatter's cost. */
    private static boolean isPlainUtc(String text) {
        if (text.length() != PLAIN_UTC.length()) {
            return false;
        }
        for (int i = 0; i < PLAIN_UTC.length(); i++) {
            char c = text.charAt(i);
            char expected = PLAIN_UTC.charAt(i);
            if (expected == '0' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        int month = number(text, 5);
        int day = number(text, 8);
        boolean inEveryMonth = month >= 1 && month <= 12 && day >= 1 && day <= 28;
        return inEveryMonth && number(text, 11) <= 23 && number(text, 14) <= 59 && number(text, 17) <= 59;
    }

    private static int number(String text, int at) {
        return 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
    }

    /** What a token is, for a message. */
    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }
}
