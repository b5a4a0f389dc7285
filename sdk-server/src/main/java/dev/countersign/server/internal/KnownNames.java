package dev.countersign.server.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of members that most tokens hold: those are not made anew for each token. A name of up to eight bytes fits a
 * long, so one comparison finds it.
 */
final class KnownNames {
    /** The most bytes that fit. */
    static final int MAX_LENGTH = 8;

    private static final int SLOT_BITS = 7;

    /** Each in the slot that its bytes lead to; a name that finds another one there is merely not known. */
    private static final @Nullable String[] NAMES = new @Nullable String[1 << SLOT_BITS];

    private static final long[] PACKED = new long[1 << SLOT_BITS];
    private static final int[] LENGTHS = new int[1 << SLOT_BITS];

    static {
        for (String name : List.of(
                "alg", "typ", "kid", "iss", "sub", "aud", "iat", "nbf", "exp", "jti", "nonce", "visitor", "account",
                "id", "email", "role", "name")) {
            long packed = 0;
            for (int i = 0; i < name.length(); i++) {
                packed = packed << 8 | name.charAt(i);
            }
            NAMES[slot(packed)] = name;
            PACKED[slot(packed)] = packed;
            LENGTHS[slot(packed)] = name.length();
        }
    }

    private KnownNames() {}

    /** The name of this many bytes, the last one lowest; null when it is not known. */
    static @Nullable String of(long packed, int length) {
        int slot = slot(packed);
        // Leading NULs leave no trace in the long, but in the length.
        return PACKED[slot] == packed && length == LENGTHS[slot] ? NAMES[slot] : null;
    }

    private static int slot(long packed) {
        return (int) ((packed * 0xFF51AFD7ED558CCDL) >>> (64 - SLOT_BITS));
    }
}
