package dev.countersign.samples.recipes.backend;

import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.jwt.IdentityClaims;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.key.KeySource;
import java.io.IOException;

/**
 * Pendo's signed metadata: a JWT with {@code visitor}, {@code account} and a fresh {@code nonce}, and beside it the name of
 * its key. The app calls {@code Pendo.jwt.startSession(jwt, signingKeyName)}, the page gives both to {@code initialize}.
 * Signed on the back end: the key never goes to the app or page.
 */
public final class PendoSignedMetadata {
    private PendoSignedMetadata() {}

    /** Proves visitor and account; {@code proof.value()} is the jwt, {@code proof.keyId()} the signingKeyName. */
    public static SignedProof ofUser(KeySource keys, String visitorId, String accountId) {
        JwtSigner signer = JwtSigner.builder(keys).metadataOnly().build();
        return signer.sign(IdentityClaims.user(visitorId)
                .role("admin")
                .account(accountId)
                .planLevel("enterprise")
                .build());
    }

    /** For a visitor who has not logged in: no id, and the nonce is what there is to sign. It binds nobody. */
    public static SignedProof ofAnonymous(KeySource keys) {
        JwtSigner signer = JwtSigner.builder(keys).metadataOnly().build();
        return signer.sign(IdentityClaims.anonymous().build());
    }

    /** Prints both for the user id given, or for a sample user. */
    public static void main(String[] args) throws IOException {
        KeySource keys = SampleKeys.ofThisRun();
        SignedProof proof = ofUser(keys, args.length > 0 ? args[0] : "u_123", "acme");
        System.out.println("jwt " + proof.value());
        System.out.println("signingKeyName " + proof.keyId());
    }
}
