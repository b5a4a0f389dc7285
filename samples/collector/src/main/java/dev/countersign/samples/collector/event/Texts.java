package dev.countersign.samples.collector.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Small questions about JSON text, and the copying of a token. */
final class Texts {
    private static final int UUID_LENGTH = 36;
    private static final String PLAIN_UTC = "0000-00-00T00:00:00.000Z";

    private Texts() {}

    /** Copies the parser's token as it is written: numbers keep every digit. False for a text with a lone surrogate. */
    static boolean copy(JsonParser parser, JsonGenerator out) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(parser.getText());
            case VALUE_STRING, FIELD_NAME -> {
                if (!isWellFormed(parser)) {
                    writeText("", parser, out);
                    return false;
                }
                writeText(parser.getText(), parser, out);
            }
            default -> out.copyCurrentEvent(parser);
        }
        return true;
    }

    private static void writeText(String text, JsonParser parser, JsonGenerator out) throws IOException {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
            out.writeFieldName(text);
        } else {
            out.writeString(text);
        }
    }

    /** Whether the parser's text has only whole surrogate pairs: half of one has no UTF-8. */
    static boolean isWellFormed(JsonParser parser) throws IOException {
        String text = parser.getText();
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

    /** Whether it is a UUID of version 7 and the RFC 9562 variant, in its one canonical spelling. */
    static boolean isUuidV7(String id) {
        if (id.length() != UUID_LENGTH || id.charAt(14) != '7' || "89ab".indexOf(id.charAt(19)) < 0) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = id.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (dash ? c != '-' : !hex) {
                return false;
            }
        }
        return true;
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
