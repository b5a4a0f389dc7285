package dev.countersign.samples.recipes.backend;

import dev.countersign.server.key.KeySource;
import java.io.IOException;
import java.util.Map;

/**
 * Canny's {@code ssoToken}: {@code avatarURL, email, id, name}. Canny names no expiry, so a token is good until its key is
 * replaced: hand it to the user's own page only.
 */
public final class CannySsoToken {
    private CannySsoToken() {}

    /** The token of the logged-in user. */
    public static String ssoToken(KeySource keys, String userId, String email, String name, String avatarUrl) {
        return ClaimsJwt.sign(keys, Map.of("id", userId, "email", email, "name", name, "avatarURL", avatarUrl));
    }

    /** Prints it for the user id given, or for a sample user. */
    public static void main(String[] args) throws IOException {
        String userId = args.length > 0 ? args[0] : "u_123";
        System.out.println("ssoToken "
                + ssoToken(SampleKeys.ofThisRun(), userId, "sam@acme.co", "Sam Doe", "https://acme.co/sam.png"));
    }
}
