package dev.countersign.samples.cli.output;

import java.util.regex.Pattern;

/** Keeps secrets and proofs that an operator typed in the wrong place out of messages, scroll-back and CI logs. */
public final class Redaction {
    private static final Pattern SECRET = Pattern.compile("(sis|sk)_[\\w-]*");
    private static final Pattern PROOF =
            Pattern.compile("hmac_v\\d+:\\S*|eyJ[\\w.-]+|[0-9a-fA-F]{32,}|[A-Za-z0-9+/_-]{43}=");

    private Redaction() {}

    /** The text with whatever looks like a secret or a proof replaced. */
    public static String of(String text) {
        return PROOF.matcher(SECRET.matcher(text).replaceAll("[redacted]")).replaceAll("[redacted]");
    }

    /** Whether the text has a platform's prefix for secrets. */
    public static boolean looksSecret(String text) {
        return SECRET.matcher(text).lookingAt();
    }

    /** The text in quotes, with characters that could move a terminal's cursor written as {@code \}{@code uXXXX}. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(codePoint -> {
            if (Character.isISOControl(codePoint)
                    || Character.getType(codePoint) == Character.FORMAT
                    || Character.getType(codePoint) == Character.LINE_SEPARATOR) {
                quoted.append(String.format("\\u%04x", codePoint));
            } else {
                quoted.appendCodePoint(codePoint);
            }
        });
        return quoted.append('"').toString();
    }
}
