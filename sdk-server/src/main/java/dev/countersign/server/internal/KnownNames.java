package dev.countersign.server.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of members that most tokens hold: those are not made anew for each token. A name with its closing quote fits
 * a word of eight bytes, so a few operations on that find it.
 */
final class KnownNames {
    private static final int SLOT_BITS = 6;

    /** Each in the slot that its bytes lead to; a name that finds another one there is merely not known. */
    private static final @Nullable String[] NAMES = new @Nullable String[1 << SLOT_BITS];

    /** The names as words, quotes included. */
    private static final long[] QUOTED = new long[1 << SLOT_BITS];

    static {
        for (String name : List.of(
                "alg", "typ", "kid", "iss", "sub", "aud", "iat", "nbf", "exp", "jti", "nonce", "visitor", "account",
                "id", "email", "role", "name")) {
            long quoted = (long) '"' << (8 * name.length());
            for (int i = 0; i < name.length(); i++) {
                quoted |= (long) name.charAt(i) << (8 * i);
            }
            NAMES[slot(quoted)] = name;
            QUOTED[slot(quoted)] = quoted;
        }
    }

    private KnownNames() {}

    /** The name that starts here and ends with a quote within a word; null when it is not known. */
    static @Nullable String upToQuote(byte[] in, int at) {
        long quoted = Words.upToQuote(Words.at(in, at));
        int slot = slot(quoted);
        return QUOTED[slot] == quoted ? NAMES[slot] : null;
    }

    private static int slot(long quoted) {
        return (int) ((quoted * 0x9E3779B97F4A7C15L) >>> (64 - SLOT_BITS));
    }
}
