package dev.countersign.samples.recipes.backend;

import dev.countersign.server.key.KeySource;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/**
 * Zendesk messaging's (and Sunshine Conversations') JWT, for {@code loginUser}: {@code scope}, the id as the string {@code
 * external_id}, and the key's id in the header. Name the ring's key as Zendesk does ({@code app_…}): without {@code kid} the
 * answer is 401 "Missing key id (kid)".
 */
public final class ZendeskMessagingJwt {
    private ZendeskMessagingJwt() {}

    /** The token of the logged-in user, good for an hour. */
    public static String jwt(KeySource keys, String externalId, Clock clock) {
        long expiry = clock.instant().getEpochSecond() + 3600;
        return ClaimsJwt.signWithKid(keys, Map.of("scope", "user", "external_id", externalId, "exp", expiry));
    }

    /** Prints it for the user id given, or for a sample user. */
    public static void main(String[] args) throws IOException {
        String userId = args.length > 0 ? args[0] : "u_123";
        System.out.println("jwt " + jwt(SampleKeys.ofThisRun(), userId, Clock.systemUTC()));
    }
}
