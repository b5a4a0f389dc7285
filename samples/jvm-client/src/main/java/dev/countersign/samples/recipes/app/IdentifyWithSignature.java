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
 * The log-in's answer brings a signature of the user's id along, and the app gives it to {@code identify}. From there on the
 * client sends it with every event of that user. Without a proof provider nobody replaces it: for a platform whose keys
 * rotate, see {@link TokenProvider}.
 */
public final class IdentifyWithSignature {
    private IdentifyWithSignature() {}

    static void run(LocalPlatform platform, LocalBackEnd backEnd, PrintStream out) throws Exception {
        String signature = backEnd.signatureOf("u_123"); // part of the log-in's answer

        try (Countersign countersign = Countersign.builder(platform.apiKey())
                .endpoint(platform.url())
                .memoryQueue()
                .build()) {
            countersign.identify("u_123", Attributes.of("plan", "pro"), IdentityProof.signature(signature));
            countersign.track("Invoice Paid", Attributes.of("amount", 42.5));
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
