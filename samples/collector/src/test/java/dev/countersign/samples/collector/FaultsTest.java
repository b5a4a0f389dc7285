package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.storage.SqliteDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a collector answers when something behind it is slow, old, gone or wrong. */
@Timeout(120)
class FaultsTest {
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
    void moreThanFitsIntoTheQueue_isTurnedAway_andWhatWasTakenIsStored() {
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
            CountDownLatch disk = new CountDownLatch(1);
            SqliteDatabase database = collector.bean(SqliteDatabase.class);
            var blocked = database.write(0, sql -> await(disk));
            var waiting = database.write((32 << 20) - 1024, sql -> "stored");
            var small = database.write(0, sql -> "stored");

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

    static String await(CountDownLatch latch) {
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
            collector.bean(SqliteDatabase.class).close();

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
            SqliteDatabase database = collector.bean(SqliteDatabase.class);
            String event = Events.track(Events.id(), Events.user("u_1"));

            database.writeAndWait(
                    sql -> sql.statement("ALTER TABLE event RENAME TO away").execute());
            Answer failed = client.batch(environment, event);
            database.writeAndWait(
                    sql -> sql.statement("ALTER TABLE away RENAME TO event").execute());
            Answer again = client.batch(environment, event);

            assertEquals(503, failed.status(), failed.text());
            assertEquals("STORAGE_UNAVAILABLE", failed.at("error", "code"));
            assertEquals(1, again.number("accepted"));
            assertEquals(1, environment.count("accepted"));
        }
    }

    @Test
    void anErrorInAWrite_isToldToWhoWaits_andHealthAsksForARestart() {
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
            SqliteDatabase database = collector.bean(SqliteDatabase.class);
            CountDownLatch bothWait = new CountDownLatch(1);
            int before = client.get("/health").status();

            CompletableFuture<String> broken = database.write(0, sql -> {
                await(bothWait);
                throw new StackOverflowError("on purpose");
            });
            CompletableFuture<String> behind = database.write(0, sql -> "never");
            bothWait.countDown();

            assertEquals(200, before);
            for (CompletableFuture<String> waiting : List.of(broken, behind)) {
                Throwable failure = rootCause(assertThrows(CompletionException.class, waiting::join));
                assertEquals(StackOverflowError.class, failure.getClass());
            }
            Answer event = client.event(environment, Events.track(Events.id(), Events.user("u_1")));
            assertEquals("STORAGE_UNAVAILABLE", event.at("error", "code"));
            assertEquals(503, client.get("/health").status());
            assertEquals("DOWN", client.get("/health").at("status"));
        }
    }

    @Test
    void aFullDisk_is503_andWithSpaceAgainTheSameEventIsStored() {
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
            String event = bigEvent(Events.id());

            for (int i = 0; i < 3; i++) {
                fillDisk(collector); // Again each time: the limit goes with the connection.
                Answer full = client.event(environment, event);
                assertEquals(503, full.status(), full.text());
                assertEquals("STORAGE_UNAVAILABLE", full.at("error", "code"));
            }
            Answer again = client.event(environment, event);

            assertEquals(200, again.status(), again.text());
            assertEquals(200, client.event(environment, bigEvent(Events.id())).status());
            assertEquals(2, stored(environment).size());
        }
    }

    @Test
    void aroundAFullDisk_whatIsSaidToBeStoredIsStored_andNothingElse() {
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
            List<String> said = new ArrayList<>();

            for (int i = 0; i < 8; i++) {
                if (i % 3 == 0) {
                    fillDisk(collector);
                }
                String id = Events.id();
                String event = i % 3 == 0 ? bigEvent(id) : Events.track(id, Events.user("u_1"));
                if (client.event(environment, event).status() == 200) {
                    said.add(id);
                }
                if (i % 3 == 0 && environment.createKeyAnswer().status() == 201) {
                    said.add("key");
                }
            }

            List<?> keys = client.get(environment.path("/keys")).at("keys");
            assertEquals(said.stream().filter(id -> !id.equals("key")).toList(), stored(environment));
            assertEquals(said.stream().filter(id -> id.equals("key")).count(), keys.size());
        }
    }

    private List<String> stored(TestEnvironment environment) {
        return SqliteTestStorage.rows(directory.resolve("c.sqlite"), environment, "id");
    }

    private static String bigEvent(String id) {
        return Events.track(id, Events.user("u_1"), "\"properties\":{\"x\":\"" + "y".repeat(30_000) + "\"}");
    }

    /** Leaves the file room for a small event and for no big one. */
    private static void fillDisk(Collector collector) {
        collector.bean(SqliteDatabase.class).writeAndWait(sql -> {
            try (ResultSet pages = sql.statement("PRAGMA page_count").executeQuery()) {
                return sql.statement("PRAGMA max_page_count = " + (pages.getInt(1) + 3))
                        .execute();
            }
        });
    }

    @Test
    void aSecondCollectorOnTheSameFile_doesNotStart() {
        try (Collector collector = start()) {
            Throwable failure = rootCause(assertThrows(RuntimeException.class, this::start));
            assertTrue(failure.getMessage().contains("in use by another collector"), failure.toString());
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

    @Test
    void aStartThatWasCutOffInTheMasterKey_isMadeGoodByTheNext() throws IOException {
        Path draft = Files.createFile(directory.resolve("c.sqlite.master.draft"));

        try (Collector collector = start()) {
            new TestClient(collector.url())
                    .environment("hmac-hex", "STRICT", "REJECT")
                    .createKey();
        }

        assertFalse(Files.exists(draft));
        assertEquals(44, Files.size(directory.resolve("c.sqlite.master")));
        start().close();
    }

    @Test
    void aShortAdminToken_doesNotStart() {
        Settings settings =
                new Settings(directory.resolve("c.sqlite"), "127.0.0.1", 0, "short", null, Duration.ofDays(90));

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
