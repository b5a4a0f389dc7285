package dev.countersign.samples.backends.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.Countersign;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IssuedProof;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The back end between the real client and the real collector, which is STRICT throughout. */
interface FullRoundContract {
    BackEndUnderTest backEnd();

    @ParameterizedTest
    @ValueSource(strings = {"hmac-hex", "hmac-base64", "hmac-v1", "jwt"})
    @Tag("R79")
    @Tag("R80")
    @Tag("R84")
    default void clientAndCollector_takeTheProofsAcrossARotation(String form, @TempDir Path directory)
            throws Exception {
        Collector collector = Collector.shared();
        Map<String, Object> environment = collector.createEnvironment(form);
        Object id = environment.get("id");
        Map<String, Object> first = collector.createKey(id);
        Installation installation = new Installation(backEnd(), directory);
        installation.user("ada", "user-é", "acme");
        installation.environment("only", form, (String) first.get("secret"));
        installation.ring("only", 1, key(first, "primary"));
        installation.set("only", "AUDIENCE", (String) id);

        try (BackEndProcess running = installation.launch()) {
            Browser ada = new Browser(running.address(), new ArrayList<>());
            assertEquals(200, ada.login("ada", Installation.passwordOf("ada")).status());
            try (Countersign app = app(collector, environment, ada)) {
                app.identify("user-é", Attributes.of("plan", "pro"));
                app.group("acme");
                app.track("Invoice Paid");
                assertTrue(app.flush(20, TimeUnit.SECONDS), "not all was sent");
                assertEquals(3, collector.accepted(id, first.get("id")));

                Map<String, Object> second = collector.createKey(id);
                collector.promote(id, second.get("id"));
                installation.ring("only", 2, key(first, "retiring"), key(second, "primary"));
                RunningBackEnd.await(
                        () -> ada.get("/identity").string("signingKeyName").equals(second.get("id")));
                collector.revoke(id, first.get("id"));

                // The app still has a proof of the revoked key: it is refused once, and asks the back end for another.
                app.track("Invoice Paid");
                assertTrue(app.flush(20, TimeUnit.SECONDS), "not all was sent");
                assertEquals(1, collector.accepted(id, second.get("id")));
            }
            assertRefusesSomebodyElse(collector, environment.get("apiKey"), ada.get("/identity"));
        }
    }

    private static Countersign app(Collector collector, Map<String, Object> environment, Browser browser)
            throws InterruptedException {
        return Countersign.builder((String) environment.get("apiKey"))
                .endpoint(collector.address().toString())
                .memoryQueue()
                .proofProvider(
                        request -> IssuedProof.fromJson(browser.get("/identity").body()))
                .callbackExecutor(Runnable::run)
                .build();
    }

    private static void assertRefusesSomebodyElse(Collector collector, Object apiKey, Answer identity)
            throws Exception {
        Answer forged = collector.ingest(
                apiKey,
                Map.of(
                        "id", eventId(),
                        "type", "track",
                        "name", "Invoice Paid",
                        "timestamp", Instant.now().toString(),
                        "userId", "user-e",
                        "identityToken", identity.string("identityToken"),
                        "signingKeyName", identity.string("signingKeyName")));

        assertEquals(401, forged.status(), forged.body());
        assertEquals("IDENTITY_UNVERIFIED", forged.errorCode());
    }

    private static Map<String, String> key(Map<String, Object> issued, String status) {
        return Ring.key((String) issued.get("id"), status, (String) issued.get("secret"));
    }

    /** A UUIDv7 of this moment. */
    private static String eventId() {
        String millis = "%012x".formatted(Instant.now().toEpochMilli());
        return millis.substring(0, 8) + "-" + millis.substring(8) + "-7000-8000-000000000000";
    }
}
