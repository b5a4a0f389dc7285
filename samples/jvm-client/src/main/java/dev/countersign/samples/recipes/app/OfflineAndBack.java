package dev.countersign.samples.recipes.app;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.countersign.client.Countersign;
import dev.countersign.client.event.Attributes;
import dev.countersign.samples.recipes.local.LocalBackEnd;
import dev.countersign.samples.recipes.local.LocalPlatform;
import dev.countersign.server.hmac.HmacFormat;
import java.io.File;
import java.io.PrintStream;

/**
 * The platform cannot be reached, the app ends, and nothing is lost: with a directory, an event whose call returned is kept
 * until it is delivered. The next start knows who was using the app, fetches a fresh proof (none lies on the disk) and sends.
 */
public final class OfflineAndBack {
    private OfflineAndBack() {}

    static void run(LocalPlatform platform, LocalBackEnd backEnd, PrintStream out) throws Exception {
        String session = backEnd.logIn("u_123", null);
        File directory = platform.directory().resolve("app").toFile(); // private to the app: events name users

        platform.goDown();
        try (Countersign countersign = client(platform, backEnd, session, directory)) {
            countersign.identify("u_123");
            countersign.track("Invoice Paid", Attributes.of("amount", 42.5));
            out.println("offline, all sent: " + countersign.flush(2, SECONDS));
            out.println("offline, kept: " + countersign.diagnostics().getQueuedEvents());
            countersign.close(0, SECONDS);
        }

        platform.comeBack();
        try (Countersign countersign = client(platform, backEnd, session, directory)) {
            out.println("back, all sent: " + countersign.flush(10, SECONDS));
            out.println("back, delivered: " + countersign.diagnostics().getDelivered());
        }
        platform.stored().forEach(out::println);
    }

    private static Countersign client(LocalPlatform platform, LocalBackEnd backEnd, String session, File directory) {
        return Countersign.builder(platform.apiKey())
                .endpoint(platform.url())
                .directory(directory)
                .proofProvider(request -> TokenProvider.proof(backEnd.url(), session))
                .build();
    }

    /** Runs it against a platform and a back end of its own. */
    public static void main(String[] args) throws Exception {
        try (LocalPlatform platform = LocalPlatform.start("hmac-v1");
                LocalBackEnd backEnd = new LocalBackEnd(HmacFormat.HMAC_V1, platform.keys())) {
            run(platform, backEnd, System.out);
        }
    }
}
