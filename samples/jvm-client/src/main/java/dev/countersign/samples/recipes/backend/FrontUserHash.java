package dev.countersign.samples.recipes.backend;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;

/**
 * Front Chat's {@code userHash}: of the e-mail address. Front takes no identified visitor without it.
 */
public final class FrontUserHash {
    private FrontUserHash() {}

    /** The hash of the logged-in user's address, exactly as the page gives it. */
    public static String userHash(KeySource keys, String email) {
        return HmacSigner.create(HmacFormat.HEX, keys).signUser(email).value();
    }

    /** Prints it for the address given, or of a sample user. */
    public static void main(String[] args) throws IOException {
        KeySource keys = SampleKeys.ofThisRun();
        String email = args.length > 0 ? args[0] : "sam@acme.co";
        System.out.println("userHash " + userHash(keys, email));
    }
}
