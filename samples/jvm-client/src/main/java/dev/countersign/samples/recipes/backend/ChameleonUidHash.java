package dev.countersign.samples.recipes.backend;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;
import java.time.Clock;

/**
 * Chameleon's {@code uid_hash}: the id and the time are signed together, and the time travels behind the hex, so that a
 * hash goes stale. Make one for each page, and keep none.
 */
public final class ChameleonUidHash {
    private ChameleonUidHash() {}

    /** The hash of the logged-in user's id at this moment. */
    public static String uidHash(KeySource keys, String uid, Clock clock) {
        long seconds = clock.instant().getEpochSecond();
        String message = uid + "-" + seconds;
        return HmacSigner.create(HmacFormat.HEX, keys).signUser(message).value() + "-" + seconds;
    }

    /** Prints it for the user id given, or of a sample user. */
    public static void main(String[] args) throws IOException {
        String uid = args.length > 0 ? args[0] : "u_123";
        System.out.println("uid_hash " + uidHash(SampleKeys.ofThisRun(), uid, Clock.systemUTC()));
    }
}
