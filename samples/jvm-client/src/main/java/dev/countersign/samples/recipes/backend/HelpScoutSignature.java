package dev.countersign.samples.recipes.backend;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;

/**
 * Help Scout Beacon's {@code signature} (secure mode): of the e-mail address that {@code Beacon('identify', …)} gets, with the
 * Beacon's secret key.
 */
public final class HelpScoutSignature {
    private HelpScoutSignature() {}

    /** The signature of the logged-in user's address, exactly as the page gives it. */
    public static String signature(KeySource keys, String email) {
        return HmacSigner.create(HmacFormat.HEX, keys).signUser(email).value();
    }

    /** Prints it for the address given, or of a sample user. */
    public static void main(String[] args) throws IOException {
        KeySource keys = SampleKeys.ofThisRun();
        String email = args.length > 0 ? args[0] : "sam@acme.co";
        System.out.println("signature " + signature(keys, email));
    }
}
