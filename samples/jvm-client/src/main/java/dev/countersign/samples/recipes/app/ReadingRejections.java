package dev.countersign.samples.recipes.app;

import dev.countersign.client.Countersign;
import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.samples.recipes.local.LocalBackEnd;
import dev.countersign.samples.recipes.local.LocalPlatform;
import dev.countersign.server.hmac.HmacFormat;
import java.io.PrintStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What became of an event. A refused proof is a verdict on the proof: the event waits, and goes with the next one. An event
 * that the platform will never take (here: one of a visitor whom nobody proves) is set aside, and no other event with it.
 * A {@code DeliveryListener} on the builder hears the same of all events.
 */
public final class ReadingRejections {
    private ReadingRejections() {}

    static void run(LocalPlatform platform, LocalBackEnd backEnd, PrintStream out) throws Exception {
        BlockingQueue<DeliveryOutcome> outcomes = new LinkedBlockingQueue<>();

        try (Countersign countersign = Countersign.builder(platform.apiKey())
                .endpoint(platform.url())
                .memoryQueue()
                .build()) {
            countersign.track("Page Viewed", Attributes.empty(), outcomes::add);
            countersign.flush();
            out.println("nobody's event: " + told(outcomes.take()));

            String somebodyElses = backEnd.signatureOf("u_456");
            countersign.identify("u_123", Attributes.empty(), IdentityProof.token(somebodyElses), outcomes::add);
            countersign.flush();
            out.println("with somebody else's proof: " + told(outcomes.take()));

            countersign.updateProof("u_123", IdentityProof.token(backEnd.signatureOf("u_123")));
            countersign.flush();
            out.println("the same event with the right one: " + told(outcomes.take()));
        }
        platform.stored().forEach(out::println);
    }

    private static String told(DeliveryOutcome outcome) {
        String reason = outcome.getReason() == null ? "" : " " + outcome.getReason();
        return outcome.getKind() + reason + (outcome.isFinal() ? ", final" : ", waits");
    }

    /** Runs it against a platform and a back end of its own. */
    public static void main(String[] args) throws Exception {
        try (LocalPlatform platform = LocalPlatform.start("hmac-v1");
                LocalBackEnd backEnd = new LocalBackEnd(HmacFormat.HMAC_V1, platform.keys())) {
            run(platform, backEnd, System.out);
        }
    }
}
