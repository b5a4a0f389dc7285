package dev.countersign.samples.recipes.backend;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;

/**
 * NotificationAPI's {@code userIdHash} ({@code hashedUserId} in its core and mobile clients), with the Client Secret. Padded
 * Base64, without a line break; in a URL it has to be percent-encoded, or its plus signs turn into spaces.
 */
public final class NotificationApiUserIdHash {
    private NotificationApiUserIdHash() {}

    /** The hash of the logged-in user's id. */
    public static String userIdHash(KeySource keys, String userId) {
        return HmacSigner.create(HmacFormat.BASE64, keys).signUser(userId).value();
    }

    /** Prints it for the user id given, or of a sample user. */
    public static void main(String[] args) throws IOException {
        KeySource keys = SampleKeys.ofThisRun();
        String userId = args.length > 0 ? args[0] : "u_123";
        System.out.println("userIdHash " + userIdHash(keys, userId));
    }
}
