package dev.countersign.server.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Strings that most tokens hold: those are not made anew for each token. */
final class CommonStrings {
    /** Each in the slot that its text leads to; a text that finds another one there is merely not shared. */
    private static final @Nullable Common[] COMMON = new @Nullable Common[64];

    static {
        for (String text : List.of(
                "alg",
                "HS256",
                "typ",
                "JWT",
                "kid",
                "sub",
                "aud",
                "iat",
                "exp",
                "nonce",
                "visitor",
                "account",
                "id",
                "email",
                "full_name",
                "role",
                "name")) {
            byte[] bytes = text.getBytes(ISO_8859_1);
            COMMON[slot(bytes, 0, bytes.length)] = new Common(bytes, text);
        }
    }

    private static final class Common {
        final byte[] bytes;
        final String text;

        Common(byte[] bytes, String text) {
            this.bytes = bytes;
            this.text = text;
        }
    }

    private CommonStrings() {}

    /** The text of a range of ASCII. */
    static String of(byte[] ascii, int start, int end) {
        if (start == end) {
            return "";
        }
        Common common = COMMON[slot(ascii, start, end)];
        return common != null && Arrays.equals(ascii, start, end, common.bytes, 0, common.bytes.length)
                ? common.text
                : new String(ascii, start, end - start, ISO_8859_1);
    }

    private static int slot(byte[] text, int start, int end) {
        return (text[start] + 3 * text[end - 1] + 7 * (end - start)) & (COMMON.length - 1);
    }
}
