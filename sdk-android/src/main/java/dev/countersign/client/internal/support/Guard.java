package dev.countersign.client.internal.support;

import org.jspecify.annotations.Nullable;

/** Checks of arguments. Messages name the field, the actual and the allowed value, never a secret or a proof. */
public final class Guard {
    /** Longest id or name, in Unicode code points. */
    public static final int MAX_ID_LENGTH = 256;

    private Guard() {}

    /** Returns {@code value} unless it is null. */
    public static <T> T notNull(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + ": null is not allowed");
        }
        return value;
    }

    /**
     * Returns the id when it is 1 to 256 Unicode code points without a lone surrogate. It is not trimmed, folded or
     * normalised: the proof covers the exact text.
     */
    public static String id(String field, @Nullable String given) {
        String id = notNull(field, given);
        int length = id.codePointCount(0, id.length());
        if (length < 1 || length > MAX_ID_LENGTH) {
            throw new IllegalArgumentException(
                    field + ": " + length + " code points, allowed are 1 to " + MAX_ID_LENGTH);
        }
        int bad = loneSurrogate(id);
        if (bad >= 0) {
            throw new IllegalArgumentException(
                    field + ": lone surrogate at index " + bad + ", allowed is valid Unicode");
        }
        return id;
    }

    /** Returns {@code value} when it lies from {@code least} to {@code most}. */
    public static long range(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + ": " + value + ", allowed are " + least + " to " + most);
        }
        return value;
    }

    /** Returns the text unless it looks like a secret key, which must never reach an app. */
    public static String notSecret(String field, @Nullable String given) {
        String text = notNull(field, given);
        for (String prefix : new String[] {"sk_", "sis_", "-----BEGIN"}) {
            if (text.trim().startsWith(prefix)) {
                throw new IllegalArgumentException(
                        field + ": starts with " + prefix + ", which is a secret; secrets belong on the back end only");
            }
        }
        return text;
    }

    /** Returns {@code text} when it is 1 to {@code most} visible ASCII characters: fit for a header, free of white space. */
    public static String visibleAscii(String field, String text, int most) {
        if (text.isEmpty() || text.length() > most) {
            throw new IllegalArgumentException(field + ": " + text.length() + " characters, allowed are 1 to " + most);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new IllegalArgumentException(
                        field + ": character " + (int) c + " at index " + i + ", allowed is visible ASCII");
            }
        }
        return text;
    }

    private static int loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
