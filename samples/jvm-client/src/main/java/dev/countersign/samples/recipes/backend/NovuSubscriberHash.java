package dev.countersign.samples.recipes.backend;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;

/**
 * Novu's {@code subscriberHash}, with the environment's secret key. That key opens Novu's whole API, too: keep the
 * process that signs with it small.
 */
public final class NovuSubscriberHash {
    private NovuSubscriberHash() {}

    /** The hash of the logged-in user's subscriber id. */
    public static String subscriberHash(KeySource keys, String subscriberId) {
        return HmacSigner.create(HmacFormat.HEX, keys).signUser(subscriberId).value();
    }

    /** Prints it for the subscriber id given, or of a sample user. */
    public static void main(String[] args) throws IOException {
        KeySource keys = SampleKeys.ofThisRun();
        String subscriberId = args.length > 0 ? args[0] : "u_123";
        System.out.println("subscriberHash " + subscriberHash(keys, subscriberId));
    }
}
