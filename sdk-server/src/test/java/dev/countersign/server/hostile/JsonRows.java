package dev.countersign.server.hostile;

import static dev.countersign.server.hostile.TokenRow.payload;
import static dev.countersign.server.identity.RejectionReason.MALFORMED;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** Genuinely signed payloads that lenient JSON parsers read, each in its own way. */
final class JsonRows {
    private static final String PAYLOAD = Forge.PAYLOAD;
    private static final String OPEN = PAYLOAD.substring(0, PAYLOAD.length() - 1);

    private JsonRows() {}

    static Stream<TokenRow> rows() {
        return Stream.of(texts(), bytes()).flatMap(rows -> rows);
    }

    private static Stream<TokenRow> texts() {
        return Stream.of(
                payload("nothing", "", MALFORMED),
                payload("nothing but space", "  ", MALFORMED),
                payload("null", "null", MALFORMED),
                payload("a string", "\"u_123\"", MALFORMED),
                payload("an array", "[" + PAYLOAD + "]", MALFORMED),
                payload("text after the object", PAYLOAD + "x", MALFORMED),
                payload("a second object", PAYLOAD + " {}", MALFORMED),
                payload("a brace too many", PAYLOAD + "}", MALFORMED),
                payload("a NUL after the object", PAYLOAD + "\0", MALFORMED),
                payload("a form feed after the object", PAYLOAD + "\f", MALFORMED),
                payload("a no-break space after the object", PAYLOAD + "\u00A0", MALFORMED),
                payload("cut off", OPEN, MALFORMED),
                payload("a byte-order mark", "\uFEFF" + PAYLOAD, MALFORMED),
                payload("single quotes", PAYLOAD.replace('"', '\''), MALFORMED),
                payload("names without quotes", PAYLOAD.replace("\"sub\"", "sub"), MALFORMED),
                payload("a comment", PAYLOAD.replaceFirst(",", ",/*x*/"), MALFORMED),
                payload("a line comment", PAYLOAD + "//x", MALFORMED),
                payload("a hash comment", "#x\n" + PAYLOAD, MALFORMED),
                payload("a comma too many", OPEN + ",}", MALFORMED),
                payload("a comma before the first member", "{," + PAYLOAD.substring(1), MALFORMED),
                payload("a comma missing", PAYLOAD.replaceFirst(",", " "), MALFORMED),
                payload("equals signs", PAYLOAD.replaceFirst(":", "="), MALFORMED),
                payload("a name without a value", OPEN + ",\"x\"}", MALFORMED),
                member("Infinity", "Infinity"),
                member("undefined", "undefined"),
                member("True", "True"),
                member("nul", "nul"),
                member("a leading zero", "01"),
                member("a leading plus", "+1"),
                member("a leading dot", ".5"),
                member("a trailing dot", "5."),
                member("an empty exponent", "1e"),
                member("hexadecimal", "0x10"),
                member("an underscore", "1_000"),
                member("a full-width digit", "\uFF11"),
                member("two minuses", "--1"),
                member("a number beyond a double", "-1e309"),
                member("a comma too many in an array", "[1,]"),
                member("a missing element", "[,1]"),
                member("an unclosed array", "[1"),
                member("a raw newline in a string", "\"a\nb\""),
                member("a raw NUL in a string", "\"a\0b\""),
                member("an unknown escape", "\"\\x41\""),
                member("an escape of three digits", "\"\\u041\""),
                member("an escape in full-width digits", "\"\\u\uFF10\uFF10\uFF14\uFF11\""),
                member("an escape with a sign", "\"\\u+041\""),
                member("a lone high surrogate", "\"\\ud83d\""),
                member("a lone low surrogate", "\"\\udd11\""),
                member("a pair the wrong way round", "\"\\udd11\\ud83d\""),
                member("a high surrogate before a letter", "\"\\ud83dx\""),
                payload("a lone surrogate in a name", OPEN + ",\"\\ud800\":1}", MALFORMED),
                member("17 arrays deep", "[".repeat(16) + "]".repeat(16)),
                member("17 objects deep", "{\"a\":".repeat(16) + "1" + "}".repeat(16)),
                member("5,000 arrays deep", "[".repeat(5000)));
    }

    private static Stream<TokenRow> bytes() {
        return Stream.of(
                payload("UTF-16", PAYLOAD.getBytes(StandardCharsets.UTF_16), MALFORMED),
                payload("UTF-32", PAYLOAD.getBytes(java.nio.charset.Charset.forName("UTF-32")), MALFORMED),
                utf8("Latin-1", 0xE9),
                utf8("a byte that no UTF-8 holds", 0xFF),
                utf8("a continuation byte alone", 0x80),
                utf8("a sequence cut off", 0xE2, 0x82),
                utf8("an overlong slash", 0xC0, 0xAF),
                utf8("an overlong quote", 0xC0, 0xA2),
                utf8("an overlong NUL", 0xC0, 0x80),
                utf8("an overlong three-byte slash", 0xE0, 0x80, 0xAF),
                utf8("an overlong four-byte slash", 0xF0, 0x80, 0x80, 0xAF),
                utf8("an encoded high surrogate", 0xED, 0xA0, 0xBD),
                utf8("a pair of encoded surrogates (CESU-8)", 0xED, 0xA0, 0xBD, 0xED, 0xB4, 0x91),
                utf8("beyond U+10FFFF", 0xF4, 0x90, 0x80, 0x80),
                utf8("a five-byte sequence", 0xF8, 0x88, 0x80, 0x80, 0x80),
                payload("the object cut inside a character", cutInside(), MALFORMED));
    }

    private static TokenRow member(String description, String value) {
        return payload(description, OPEN + ",\"x\":" + value + "}", MALFORMED);
    }

    private static TokenRow utf8(String description, int... bytes) {
        return payload(description, Forge.bytes(OPEN + ",\"x\":\"", bytes, "\"}"), MALFORMED);
    }

    private static byte[] cutInside() {
        byte[] text = (OPEN + ",\"x\":\"\u20AC").getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(text, text.length - 1);
    }
}
