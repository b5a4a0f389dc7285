package dev.countersign.samples.recipes.backend;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;

/**
 * Intercom's {@code user_hash} (identity verification): of the user's id, or of the e-mail address where the app gives no id.
 * Web, iOS and Android have a secret each; the mobile apps take lower-case hex only, which this is.
 */
public final class IntercomUserHash {
    private IntercomUserHash() {}

    /** The hash of the logged-in user's id, or of the address when there is no id. */
    public static String userHash(KeySource keys, String userIdOrEmail) {
        return HmacSigner.create(HmacFormat.HEX, keys).signUser(userIdOrEmail).value();
    }

    /** Prints it for the id or address given, or of a sample user. */
    public static void main(String[] args) throws IOException {
        KeySource keys = SampleKeys.ofThisRun();
        String userIdOrEmail = args.length > 0 ? args[0] : "u_123";
        System.out.println("user_hash " + userHash(keys, userIdOrEmail));
    }
}
