package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.samples.collector.runtime.Time;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a collector knows that was started on the storage of another. */
@Timeout(120)
class RestartTest {
    @TempDir
    Path directory;

    private TestStorage storage;

    @BeforeEach
    void open() {
        storage = TestStorage.open(directory);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private Collector start() {
        return storage.start(Time.ofSystem());
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
            Answer again = client.batch(environment, Events.track(id, proven));
            assertEquals(storage.answersRepeats() ? 1 : 0, again.number("duplicates"));
            assertEquals(
                    1,
                    client.batch(environment, Events.track(Events.id(), proven)).number("accepted"));
            assertEquals(2, storage.rows(environment, "id").size());
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
            storage.settle();
        }
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            claim(client, environment, "attacker", secret);
            storage.settle();

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
}
