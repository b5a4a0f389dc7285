package dev.countersign.server.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** The rules for ids of users and groups: 1 to 256 Unicode code points, taken exactly as they are. */
public final class Ids {
    /** The most code points an id may have. */
    public static final int MAX_CODE_POINTS = 256;

    private Ids() {}

    /**
     * What is wrong with an id, or null when nothing is.
     *
     * @param field the name to use in the answer
     */
    public static @Nullable String problem(String field, @Nullable String id) {
        if (id == null) {
            return field + " is null";
        }
        if (id.isEmpty()) {
            return field + " is empty; allowed are 1 to " + MAX_CODE_POINTS + " code points";
        }
        if (id.length() <= MAX_CODE_POINTS && isAscii(id)) {
            return null;
        }
        // Half a pair would turn into '?' silently.
        if (hasLoneSurrogate(id)) {
            return field + " has a lone surrogate";
        }
        int codePoints = id.codePointCount(0, id.length());
        return codePoints <= MAX_CODE_POINTS
                ? null
                : field + " has " + codePoints + " code points; allowed are 1 to " + MAX_CODE_POINTS;
    }

    private static boolean isAscii(String text) {
        int bits = 0;
        for (int i = 0; i < text.length(); i++) {
            bits |= text.charAt(i);
        }
        return bits < 0x80;
    }

    /** Whether the text holds half a surrogate pair, which has no UTF-8. */
    public static boolean hasLoneSurrogate(CharSequence text) {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isLowSurrogate(c) || i == text.length() || !Character.isLowSurrogate(text.charAt(i++))) {
                return true;
            }
        }
        return false;
    }

    /** The id's UTF-8, or null when the id breaks a rule, in which case {@link #problem} says which. */
    public static byte @Nullable [] utf8(@Nullable String id) {
        return id == null || problem("id", id) != null ? null : id.getBytes(UTF_8);
    }

    /**
     * Refuses an id that breaks a rule.
     *
     * @throws IllegalArgumentException naming the field, the actual and the allowed value
     */
    public static void require(String field, @Nullable String id) {
        String problem = problem(field, id);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /**
     * The id's UTF-8.
     *
     * @throws IllegalArgumentException naming the field, the actual and the allowed value
     */
    public static byte[] requireUtf8(String field, @Nullable String id) {
        byte[] utf8 = utf8(id);
        if (utf8 == null) {
            throw new IllegalArgumentException(problem(field, id));
        }
        return utf8;
    }
}
