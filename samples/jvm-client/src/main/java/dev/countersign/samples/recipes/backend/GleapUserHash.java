package dev.countersign.samples.recipes.backend;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;

/**
 * Gleap's {@code userHash}: of the user's id as text. Sign the text that the app gives, not a number.
 */
public final class GleapUserHash {
    private GleapUserHash() {}

    /** The hash of the logged-in user's id. */
    public static String userHash(KeySource keys, String userId) {
        return HmacSigner.create(HmacFormat.HEX, keys).signUser(userId).value();
    }

    /** Prints it for the user id given, or of a sample user. */
    public static void main(String[] args) throws IOException {
        KeySource keys = SampleKeys.ofThisRun();
        String userId = args.length > 0 ? args[0] : "1234";
        System.out.println("userHash " + userHash(keys, userId));
    }
}
