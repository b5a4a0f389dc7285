package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.storage.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a collector answers when something behind it is slow, old, gone or wrong. */
@Timeout(120)
class FaultsTest {
    @TempDir
    Path directory;

    private final AtomicLong nanos = new AtomicLong();

    private Settings settings(String masterKey) {
        return new Settings(directory.resolve("c.sqlite"), "127.0.0.1", 0, TestClient.ADMIN_TOKEN, masterKey);
    }

    private Collector start() {
        return Collector.start(settings(null), new Time(Clock.systemUTC(), nanos::get));
    }

    @Test
    void keysThatNothingConfirmedForFifteenMinutes_areUnavailable_ratherThanWrong() {
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
            String proven =
                    Events.user("u_1", Proofs.hex(environment.createKey().secret(), "u_1"));

            nanos.addAndGet(Duration.ofMinutes(16).toNanos());
            Answer stale = client.event(environment, Events.track(Events.id(), proven));
            client.put(environment.path("/mode"), "{\"mode\":\"STRICT\"}"); // Refreshes.
            Answer fresh = client.event(environment, Events.track(Events.id(), proven));

            assertEquals(503, stale.status());
            assertEquals("KEYS_UNAVAILABLE", stale.at("error", "code"));
            assertTrue(stale.response().headers().firstValue("Retry-After").isPresent());
            assertEquals(200, fresh.status());
        }
    }

    @Test
    void moreThanFitsIntoTheQueue_isTurnedAway_andWhatWasTakenIsStored() {
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
            CountDownLatch disk = new CountDownLatch(1);
            Database database = collector.bean(Database.class);
            var blocked = database.write(0, session -> await(disk));
            var waiting = database.write((32 << 20) - 1024, session -> "stored");
            var small = database.write(0, session -> "stored");

            Answer refused = client.event(environment, Events.track(Events.id(), Events.user("u_1")));
            disk.countDown();
            blocked.join();
            waiting.join();
            Answer later = client.event(environment, Events.track(Events.id(), Events.user("u_1")));

            assertEquals(429, refused.status());
            assertEquals("OVERLOADED", refused.at("error", "code"));
            assertEquals(
                    "1", refused.response().headers().firstValue("Retry-After").orElse(""));
            assertEquals("stored", small.join());
            assertEquals(200, later.status());
        }
    }

    private static String await(CountDownLatch latch) {
        try {
            latch.await();
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDatabaseThatIsGone_is503_andNothingIsClaimedStored() throws IOException {
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
            collector.bean(Database.class).close();

            Answer answer = client.event(environment, Events.track(Events.id(), Events.user("u_1")));

            assertEquals(503, answer.status());
            assertEquals("STORAGE_UNAVAILABLE", answer.at("error", "code"));
        }
    }

    @Test
    void aWriteThatFails_is503_andTheNextOneIsTriedAgain() {
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
            Database database = collector.bean(Database.class);
            String event = Events.track(Events.id(), Events.user("u_1"));

            database.writeAndWait(session ->
                    session.statement("ALTER TABLE event RENAME TO away").execute());
            Answer failed = client.batch(environment, event);
            database.writeAndWait(session ->
                    session.statement("ALTER TABLE away RENAME TO event").execute());
            Answer again = client.batch(environment, event);

            assertEquals(503, failed.status(), failed.text());
            assertEquals("STORAGE_UNAVAILABLE", failed.at("error", "code"));
            assertEquals(1, again.number("accepted"));
            assertEquals(1, environment.count("accepted"));
        }
    }

    @Test
    void aSecondCollectorOnTheSameFile_doesNotStart() {
        try (Collector collector = start()) {
            Throwable failure = rootCause(assertThrows(RuntimeException.class, this::start));
            assertTrue(failure.getMessage().contains("in use by another collector"), failure.toString());
        }
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
    void theMasterKeysFile_isTheOwnersAlone_andAnotherKeyDoesNotStart() throws IOException {
        try (Collector collector = start()) {
            new TestClient(collector.url())
                    .environment("hmac-hex", "STRICT", "REJECT")
                    .createKey();
        }
        Path file = directory.resolve("c.sqlite.master");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));

        String another = Base64.getEncoder().encodeToString(new byte[32]);
        Throwable failure = rootCause(assertThrows(RuntimeException.class, () -> Collector.start(settings(another))));
        assertEquals("the master key does not fit the database", failure.getMessage());
    }

    @Test
    void aShortAdminToken_doesNotStart() {
        Settings settings = new Settings(directory.resolve("c.sqlite"), "127.0.0.1", 0, "short", null);

        Throwable failure = rootCause(assertThrows(RuntimeException.class, () -> Collector.start(settings)));

        assertEquals("the admin token has 5 characters; allowed are 32 or more", failure.getMessage());
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
