package dev.countersign.samples.recipes.backend;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;

/**
 * Chatwoot's {@code identifier_hash}: of the identifier that the page gives to {@code setUser}, with the inbox's secret.
 * Another hash is answered "HMAC failed: Invalid Identifier Hash Provided".
 */
public final class ChatwootIdentifierHash {
    private ChatwootIdentifierHash() {}

    /** The hash of the logged-in user's identifier. */
    public static String identifierHash(KeySource keys, String identifier) {
        return HmacSigner.create(HmacFormat.HEX, keys).signUser(identifier).value();
    }

    /** Prints it for the identifier given, or of a sample user. */
    public static void main(String[] args) throws IOException {
        KeySource keys = SampleKeys.ofThisRun();
        String identifier = args.length > 0 ? args[0] : "u_123";
        System.out.println("identifier_hash " + identifierHash(keys, identifier));
    }
}
