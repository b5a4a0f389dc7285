package dev.countersign.samples.recipes.app;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.countersign.client.Countersign;
import dev.countersign.samples.recipes.local.LocalBackEnd;
import dev.countersign.samples.recipes.local.LocalPlatform;
import dev.countersign.server.hmac.HmacFormat;
import java.io.PrintStream;

/**
 * Two people use one device by turns. What is queued for the first is sent while the back end still proves them; then
 * {@code clearSession} forgets them, and a proof that is still on its way is thrown away. In the other order their last
 * events would wait for their return.
 */
public final class LogOutOnSharedDevice {
    private LogOutOnSharedDevice() {}

    /** The device's session with the back end; read on the client's threads. */
    private static final class Cookie {
        volatile String value = "";
    }

    static void run(LocalPlatform platform, LocalBackEnd backEnd, PrintStream out) throws Exception {
        Cookie cookie = new Cookie();

        try (Countersign countersign = Countersign.builder(platform.apiKey())
                .endpoint(platform.url())
                .memoryQueue()
                .proofProvider(request -> TokenProvider.proof(backEnd.url(), cookie.value))
                .build()) {
            cookie.value = backEnd.logIn("u_alice", null);
            countersign.identify("u_alice");
            countersign.track("Invoice Paid");

            out.println("sent for alice: " + countersign.flush(10, SECONDS));
            countersign.clearSession(); // also when the log-in screen shows up: a session may just have run out
            backEnd.logOut(cookie.value);

            cookie.value = backEnd.logIn("u_bob", null);
            countersign.identify("u_bob");
            countersign.track("Report Opened");
            out.println("sent for bob: " + countersign.flush(10, SECONDS));
        }
        platform.stored().forEach(out::println);
    }

    /** Runs it against a platform and a back end of its own. */
    public static void main(String[] args) throws Exception {
        try (LocalPlatform platform = LocalPlatform.start("hmac-v1");
                LocalBackEnd backEnd = new LocalBackEnd(HmacFormat.HMAC_V1, platform.keys())) {
            run(platform, backEnd, System.out);
        }
    }
}
