package dev.countersign.samples.recipes.app;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.countersign.client.Countersign;
import dev.countersign.client.identity.SignedMetadata;
import dev.countersign.samples.recipes.backend.PendoSignedMetadata;
import dev.countersign.samples.recipes.local.LocalPlatform;
import dev.countersign.server.identity.SignedProof;
import java.io.PrintStream;

/**
 * Pendo's way: a signed JWT says who the visitor and the account are, first nobody, then the user who logged in. The session
 * belongs to whom the token names; {@code identify} is not called.
 */
public final class MetadataJwt {
    private MetadataJwt() {}

    static void run(LocalPlatform platform, PrintStream out) throws Exception {
        SignedProof nobody = PendoSignedMetadata.ofAnonymous(platform.keys()); // both come from the back end
        SignedProof user = PendoSignedMetadata.ofUser(platform.keys(), "u_123", "acme");

        try (Countersign countersign = Countersign.builder(platform.apiKey())
                .endpoint(platform.url())
                .memoryQueue()
                .build()) {
            countersign.initialize(new SignedMetadata(nobody.value(), nobody.keyId()));
            countersign.track("Price List Opened");

            countersign.updateOptions(new SignedMetadata(user.value(), user.keyId()));
            countersign.track("Invoice Paid");
            out.println("all sent: " + countersign.flush(10, SECONDS));
        }
        platform.stored().forEach(out::println);
    }

    /** Runs it against a platform and a back end of its own. */
    public static void main(String[] args) throws Exception {
        try (LocalPlatform platform = LocalPlatform.start("jwt", "pendo")) {
            run(platform, System.out);
        }
    }
}
