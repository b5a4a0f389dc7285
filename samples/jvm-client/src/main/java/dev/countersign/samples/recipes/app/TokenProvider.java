package dev.countersign.samples.recipes.app;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.countersign.client.Countersign;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.samples.recipes.local.LocalBackEnd;
import dev.countersign.samples.recipes.local.LocalPlatform;
import dev.countersign.server.hmac.HmacFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/**
 * The client fetches proofs from the app's own back end: the first one, a fresh one ahead of its expiry, and another when the
 * platform refuses one, as it does after a key was revoked. {@code identify} needs no proof then, and keys can rotate.
 */
public final class TokenProvider {
    private TokenProvider() {}

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static void run(LocalPlatform platform, LocalBackEnd backEnd, PrintStream out) throws Exception {
        String session = backEnd.logIn("u_123", null); // the cookie of the log-in's answer

        try (Countersign countersign = Countersign.builder(platform.apiKey())
                .endpoint(platform.url())
                .memoryQueue()
                .proofProvider(request -> proof(backEnd.url(), session))
                .build()) {
            countersign.identify("u_123", Attributes.of("plan", "pro"));
            countersign.track("Invoice Paid", Attributes.of("amount", 42.5));
            out.println("all sent: " + countersign.flush(10, SECONDS));
        }
        platform.stored().forEach(out::println);
    }

    /** The proof of whoever the session belongs to; null when it is over. Blocks: the client calls it on a thread of its own. */
    static @Nullable IssuedProof proof(String backEnd, String session) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(backEnd + "/identity"))
                .header("Cookie", session)
                .build();
        var answer = HTTP.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 401) {
            return null;
        }
        if (answer.statusCode() != 200) {
            throw new IOException("the back end answered " + answer.statusCode()); // the client asks again later
        }
        return IssuedProof.fromJson(answer.body());
    }

    /** Runs it against a platform and a back end of its own. */
    public static void main(String[] args) throws Exception {
        try (LocalPlatform platform = LocalPlatform.start("hmac-v1");
                LocalBackEnd backEnd = new LocalBackEnd(HmacFormat.HMAC_V1, platform.keys())) {
            run(platform, backEnd, System.out);
        }
    }
}
