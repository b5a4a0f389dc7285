package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector knows that was started on the file of another. */
class RestartTest {
    @TempDir
    Path directory;

    private Settings settings(String masterKey) {
        return new Settings(
                directory.resolve("c.sqlite"), "127.0.0.1", 0, TestClient.ADMIN_TOKEN, masterKey, Duration.ofDays(90));
    }

    private Collector start() {
        return Collector.start(settings(null));
    }

    @Test
    void afterARestart_environmentsKeysTokenAndEventsAreThere() {
        String id = Events.id();
        TestEnvironment environment;
        String proven;
        try (Collector collector = start()) {
            environment = new TestClient(collector.url()).environment("hmac-hex", "STRICT", "REJECT");
            proven = Events.user("u_1", Proofs.hex(environment.createKey().secret(), "u_1"));
            environment.client().event(environment, Events.track(id, proven));
        }
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            assertEquals(1, client.batch(environment, Events.track(id, proven)).number("duplicates"));
            assertEquals(
                    1,
                    client.batch(environment, Events.track(Events.id(), proven)).number("accepted"));
        }
    }

    @Test
    @Tag("T12")
    void afterARestart_aVisitorStillBelongsToWhomItDid() {
        TestEnvironment environment;
        String secret;
        try (Collector collector = start()) {
            environment = new TestClient(collector.url()).environment("hmac-hex", "STRICT", "REJECT");
            secret = environment.createKey().secret();
            claim(environment.client(), environment, "victim", secret);
        }
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            claim(client, environment, "attacker", secret);

            assertEquals(
                    "victim", client.get(environment.path("/anonymous/a_1")).at("userId"));
        }
    }

    private static void claim(TestClient client, TestEnvironment environment, String userId, String secret) {
        String user = Events.user(userId, Proofs.hex(secret, userId));
        assertEquals(
                200,
                client.event(environment, Events.track(Events.id(), user, Events.anonymous("a_1")))
                        .status());
    }

    @Test
    @Tag("R38")
    void aMasterKeyFromTheEnvironment_liesInNoFile_andOpensTheDatabaseAgain() {
        String masterKey = Base64.getEncoder()
                .encodeToString("thirty-two bytes, as AES-256 has".getBytes(StandardCharsets.US_ASCII));
        TestEnvironment environment;
        String proven;
        try (Collector collector = Collector.start(settings(masterKey))) {
            environment = new TestClient(collector.url()).environment("hmac-hex", "STRICT", "REJECT");
            proven = Events.user("u_1", Proofs.hex(environment.createKey().secret(), "u_1"));
        }
        try (Collector collector = Collector.start(settings(masterKey))) {
            TestClient client = new TestClient(collector.url());
            assertEquals(
                    200,
                    client.event(environment, Events.track(Events.id(), proven)).status());
        }
        assertFalse(Files.exists(directory.resolve("c.sqlite.master")));
    }
}
