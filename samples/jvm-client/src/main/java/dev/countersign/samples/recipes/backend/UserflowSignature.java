package dev.countersign.samples.recipes.backend;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;

/**
 * Userflow's {@code signature}, with the secret of the environment. The page calls {@code userflow.identify(userId,
 * attributes, {signature})} and {@code userflow.group(groupId, attributes, {signature})}.
 */
public final class UserflowSignature {
    private UserflowSignature() {}

    /** The signature of the logged-in user. */
    public static String ofUser(KeySource keys, String userId) {
        return HmacSigner.create(HmacFormat.HEX, keys).signUser(userId).value();
    }

    /** The signature of the company that the user acts for; only for its members. */
    public static String ofCompany(KeySource keys, String companyId) {
        return HmacSigner.create(HmacFormat.HEX, keys).signGroup(companyId).value();
    }

    /** Prints it for the user id given, or of a sample user. */
    public static void main(String[] args) throws IOException {
        KeySource keys = SampleKeys.ofThisRun();
        String userId = args.length > 0 ? args[0] : "u_123";
        System.out.println("signature " + ofUser(keys, userId));
        System.out.println("signature of the company " + ofCompany(keys, "acme"));
    }
}
