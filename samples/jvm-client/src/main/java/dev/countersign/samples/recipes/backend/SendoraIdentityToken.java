package dev.countersign.samples.recipes.backend;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;

/**
 * Sendora's {@code identityToken}: {@code hmac_v1:} and the hex, with the identity secret ({@code sis_…}).
 */
public final class SendoraIdentityToken {
    private SendoraIdentityToken() {}

    /** The token of the logged-in user. */
    public static String identityToken(KeySource keys, String userId) {
        return HmacSigner.create(HmacFormat.HMAC_V1, keys).signUser(userId).value();
    }

    /** Prints it for the user id given, or of a sample user. */
    public static void main(String[] args) throws IOException {
        KeySource keys = SampleKeys.ofThisRun();
        String userId = args.length > 0 ? args[0] : "u_123";
        System.out.println("identityToken " + identityToken(keys, userId));
    }
}
