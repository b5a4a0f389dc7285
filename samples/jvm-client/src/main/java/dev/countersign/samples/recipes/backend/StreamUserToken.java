package dev.countersign.samples.recipes.backend;

import dev.countersign.server.key.KeySource;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/**
 * Stream's user token, for {@code connectUser}: {@code user_id}, and {@code iat} five seconds early, because a token from the
 * future is refused with code 42, "token used before issue at (iat)". Stream's library wants a key of 256 bits or more.
 */
public final class StreamUserToken {
    private StreamUserToken() {}

    /** The token of the logged-in user, good for an hour. */
    public static String userToken(KeySource keys, String userId, Clock clock) {
        long now = clock.instant().getEpochSecond();
        return ClaimsJwt.sign(keys, Map.of("user_id", userId, "iat", now - 5, "exp", now + 3600));
    }

    /** Prints it for the user id given, or for a sample user. */
    public static void main(String[] args) throws IOException {
        String userId = args.length > 0 ? args[0] : "u_123";
        System.out.println("token " + userToken(SampleKeys.ofThisRun(), userId, Clock.systemUTC()));
    }
}
