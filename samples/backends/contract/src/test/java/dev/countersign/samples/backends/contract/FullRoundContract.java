package dev.countersign.samples.backends.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.Countersign;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IssuedProof;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The back end between the real client and the real collector, which is STRICT throughout. */
interface FullRoundContract {
    BackEndUnderTest backEnd();

    /** An environment of the collector and its first key, both as the collector made them. */
    record Environment(String name, Object id, Object apiKey, Map<String, Object> firstKey) {
        static Environment create(Collector collector, String form) throws Exception {
            Map<String, Object> made = collector.createEnvironment(form);
            return new Environment(
                    form.replace("-", ""), made.get("id"), made.get("apiKey"), collector.createKey(made.get("id")));
        }

        String path() {
            return "/identity?environment=" + name;
        }
    }

    @Test
    @Tag("R79")
    @Tag("R80")
    @Tag("R84")
    default void clientAndCollector_takeTheProofsOfEveryFormAcrossARotation(@TempDir Path directory) throws Exception {
        Collector collector = Collector.shared();
        Installation installation = new Installation(backEnd(), directory);
        installation.user("ada", "user-é", "acme");
        Map<String, Environment> environments = new LinkedHashMap<>();
        for (String form : List.of("hmac-hex", "hmac-base64", "hmac-v1", "jwt")) {
            Environment environment = Environment.create(collector, form);
            environments.put(form, environment);
            installation.environment(
                    environment.name(), form, (String) environment.firstKey().get("secret"));
            installation.ring(environment.name(), 1, key(environment.firstKey(), "primary"));
            installation.set(environment.name(), "AUDIENCE", (String) environment.id());
        }

        try (BackEndProcess running = installation.launch()) {
            Browser ada = new Browser(running.address(), new ArrayList<>());
            assertEquals(200, ada.login("ada", Installation.passwordOf("ada")).status());
            for (Environment environment : environments.values()) {
                roundWithRotation(collector, environment, installation, ada);
                assertRefusesSomebodyElse(collector, environment.apiKey(), ada.get(environment.path()));
            }
        }
    }

    private static void roundWithRotation(
            Collector collector, Environment environment, Installation installation, Browser browser) throws Exception {
        Object id = environment.id();
        Map<String, Object> first = environment.firstKey();
        Set<String> problems = ConcurrentHashMap.newKeySet();
        try (Countersign app = app(collector, environment, browser, problems)) {
            app.identify("user-é", Attributes.of("plan", "pro"));
            app.group("acme");
            app.track("Invoice Paid");
            assertTrue(app.flush(30, TimeUnit.SECONDS), () -> environment.name() + ": not all was sent " + problems);
            assertEquals(3, collector.accepted(id, first.get("id")), environment.name());

            Map<String, Object> second = collector.createKey(id);
            collector.promote(id, second.get("id"));
            installation.ring(environment.name(), 2, key(first, "retiring"), key(second, "primary"));
            RunningBackEnd.await(() ->
                    browser.get(environment.path()).string("signingKeyName").equals(second.get("id")));
            collector.revoke(id, first.get("id"));

            // The app still has a proof of the revoked key: it is refused once, and asks the back end for another.
            app.track("Invoice Paid");
            assertTrue(app.flush(30, TimeUnit.SECONDS), () -> environment.name() + ": not all was sent " + problems);
            assertEquals(1, collector.accepted(id, second.get("id")), environment.name());
        }
    }

    private static Countersign app(Collector collector, Environment environment, Browser browser, Set<String> problems)
            throws InterruptedException {
        return Countersign.builder((String) environment.apiKey())
                .endpoint(collector.address().toString())
                .memoryQueue()
                .proofProvider(request -> {
                    try {
                        return IssuedProof.fromJson(
                                browser.get(environment.path()).body());
                    } catch (IllegalArgumentException e) {
                        problems.add(e.getMessage()); // names the member and its length, and holds no proof
                        throw e;
                    }
                })
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
