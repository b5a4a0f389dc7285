package dev.countersign.samples.recipes.backend;

import dev.countersign.server.key.KeySource;
import java.io.IOException;
import java.util.Map;

/**
 * Drift's {@code userJwt} (signed identities): {@code sub}, the user's id, is the one claim that is required.
 */
public final class DriftUserJwt {
    private DriftUserJwt() {}

    /** The token of the logged-in user. */
    public static String userJwt(KeySource keys, String userId) {
        return ClaimsJwt.sign(keys, Map.of("sub", userId));
    }

    /** Prints it for the user id given, or for a sample user. */
    public static void main(String[] args) throws IOException {
        String userId = args.length > 0 ? args[0] : "u_123";
        System.out.println("userJwt " + userJwt(SampleKeys.ofThisRun(), userId));
    }
}
