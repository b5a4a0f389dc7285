package dev.countersign.samples.recipes.app;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.countersign.client.Countersign;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.samples.recipes.local.LocalBackEnd;
import dev.countersign.samples.recipes.local.LocalPlatform;
import dev.countersign.server.hmac.HmacFormat;
import java.io.PrintStream;

/**
 * The user acts for a company, and every event names both. A group needs a proof of its own: the back end signs the
 * company's id for its members only. A JWT whose account is the group proves both at once.
 */
public final class Groups {
    private Groups() {}

    static void run(LocalPlatform platform, LocalBackEnd backEnd, PrintStream out) throws Exception {
        String signature = backEnd.signatureOf("u_123"); // both are part of the log-in's answer
        String groupSignature = backEnd.signatureOfGroup("acme");

        try (Countersign countersign = Countersign.builder(platform.apiKey())
                .endpoint(platform.url())
                .memoryQueue()
                .build()) {
            countersign.identify("u_123", IdentityProof.signature(signature));
            countersign.group("acme", Attributes.of("plan", "enterprise"), IdentityProof.signature(groupSignature));
            countersign.track("Invoice Paid");
            out.println("all sent: " + countersign.flush(10, SECONDS));
        }
        platform.stored().forEach(out::println);
    }

    /** Runs it against a platform and a back end of its own. */
    public static void main(String[] args) throws Exception {
        try (LocalPlatform platform = LocalPlatform.start("hmac-hex");
                LocalBackEnd backEnd = new LocalBackEnd(HmacFormat.HEX, platform.keys())) {
            run(platform, backEnd, System.out);
        }
    }
}
