package dev.countersign.samples.recipes.backend;

import dev.countersign.server.key.KeySource;
import java.io.IOException;
import java.util.Map;

/**
 * Intercom's {@code intercom_user_jwt} (Messenger security): {@code user_id}, a string, and the attributes that nobody may
 * change. The id then leaves the plain settings. Signed with the secret of identity verification.
 */
public final class IntercomUserJwt {
    private IntercomUserJwt() {}

    /** The token of the logged-in user. */
    public static String userJwt(KeySource keys, String userId, String email) {
        return ClaimsJwt.sign(keys, Map.of("user_id", userId, "email", email));
    }

    /** Prints it for the user id given, or for a sample user. */
    public static void main(String[] args) throws IOException {
        String userId = args.length > 0 ? args[0] : "u_123";
        System.out.println("intercom_user_jwt " + userJwt(SampleKeys.ofThisRun(), userId, "sam@acme.co"));
    }
}
