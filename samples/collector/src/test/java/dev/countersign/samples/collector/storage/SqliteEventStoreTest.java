package dev.countersign.samples.collector.storage;

import static dev.countersign.samples.collector.storage.AcceptedEvent.Verdict.ACCEPTED;
import static dev.countersign.samples.collector.storage.AcceptedEvent.Verdict.VERIFIED;
import static dev.countersign.samples.collector.storage.StoreOutcome.CONFLICT;
import static dev.countersign.samples.collector.storage.StoreOutcome.DUPLICATE;
import static dev.countersign.samples.collector.storage.StoreOutcome.REPLACED;
import static dev.countersign.samples.collector.storage.StoreOutcome.STORED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite, and the group commit below it. */
class SqliteEventStoreTest extends EventStoreContract {
    @TempDir
    Path directory;

    private SqliteDatabase database;
    private EventStore store;

    @BeforeEach
    void open() throws IOException {
        database = SqliteDatabase.open(directory.resolve("c.sqlite"), 1 << 20);
        store = new SqliteEventStore(database, new AnonymousLinks(database));
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Override
    CompletableFuture<List<StoreOutcome>> settle(List<AcceptedEvent> events) {
        return store.append(events);
    }

    @Test
    void itsFiles_areReadableByTheirOwnerAlone() throws IOException {
        database.writeAndWait(sql -> sql.statement("CREATE TABLE t (x INTEGER)").execute());
        for (String name : List.of("c.sqlite", "c.sqlite-wal", "c.sqlite-shm")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))),
                    name);
        }
    }

    @Test
    void workThatFails_undoesItselfAlone() {
        database.writeAndWait(sql -> sql.statement("CREATE TABLE t (x INTEGER)").execute());
        CompletableFuture<Integer> before = database.write(0, sql -> insert(sql, 1));
        CompletableFuture<Integer> failing = database.write(0, sql -> {
            insert(sql, 2);
            throw new IllegalStateException("on purpose");
        });
        CompletableFuture<Integer> after = database.write(0, sql -> insert(sql, 3));

        assertEquals(1, before.join());
        assertEquals(1, after.join());
        CompletionException failure = assertThrows(CompletionException.class, failing::join);
        assertEquals("on purpose", failure.getCause().getMessage());
        assertEquals(4, sum());
    }

    private static int insert(SqlConnection sql, int value) throws java.sql.SQLException {
        return sql.statement("INSERT INTO t VALUES (?)", value).executeUpdate();
    }

    private int sum() {
        return database.read(sql -> {
            var row = sql.statement("SELECT SUM(x) FROM t").executeQuery();
            row.next();
            return row.getInt(1);
        });
    }

    @Test
    void sqlThatFails_undoesItselfAlone() {
        database.writeAndWait(
                sql -> sql.statement("CREATE TABLE t (x INTEGER PRIMARY KEY)").execute());
        CountDownLatch together = new CountDownLatch(1);
        CompletableFuture<String> first = database.write(0, sql -> await(together));
        CompletableFuture<Integer> before = database.write(0, sql -> insert(sql, 1));
        CompletableFuture<Integer> failing = database.write(0, sql -> insert(sql, 2) + insert(sql, 2));
        CompletableFuture<Integer> after = database.write(0, sql -> insert(sql, 3));
        together.countDown();

        assertEquals("", first.join());
        assertEquals(1, before.join());
        assertEquals(1, after.join());
        assertEquals(
                StorageException.class,
                assertThrows(CompletionException.class, failing::join)
                        .getCause()
                        .getClass());
        assertEquals(4, sum());
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
    void whoWaitsForAWrite_isNeverTurnedAway_asEventsAre() throws IOException {
        try (SqliteDatabase full = SqliteDatabase.open(directory.resolve("full.sqlite"), 0)) {
            assertThrows(OverloadedException.class, () -> full.write(0, sql -> "done"));

            assertEquals("done", full.writeAndWait(sql -> "done"));
        }
    }

    @Test
    void brokenSql_failsAsStorage_andTheNextWorkIsDone() {
        CompletableFuture<Boolean> broken =
                database.write(0, sql -> sql.statement("NO SQL").execute());
        assertEquals(
                StorageException.class,
                assertThrows(CompletionException.class, broken::join).getCause().getClass());

        assertEquals("done", database.write(0, sql -> "done").join());
    }

    @Test
    void amongNewEvents_eachKnownIdHasItsOwnOutcome() {
        store.append(List.of(numbered(2, VERIFIED, "{}"), numbered(4, ACCEPTED, "{}")))
                .join();

        assertEquals(
                List.of(STORED, DUPLICATE, STORED, DUPLICATE, REPLACED, STORED, CONFLICT, STORED),
                store.append(List.of(
                                numbered(1, VERIFIED, "{}"),
                                numbered(2, VERIFIED, "{}"),
                                numbered(3, VERIFIED, "{}"),
                                numbered(1, VERIFIED, "{}"),
                                numbered(4, VERIFIED, "{\"a\":1}"),
                                numbered(5, VERIFIED, "{}"),
                                numbered(3, VERIFIED, "{\"a\":1}"),
                                numbered(6, VERIFIED, "{}")))
                        .join());
    }

    @Test
    void knownEventsAlone_areDuplicates_howManyTheyAre() {
        List<AcceptedEvent> events = IntStream.range(0, 200)
                .mapToObj(i -> numbered(i, VERIFIED, "{}"))
                .toList();

        assertEquals(Collections.nCopies(200, STORED), store.append(events).join());
        assertEquals(Collections.nCopies(200, DUPLICATE), store.append(events).join());
    }

    private static AcceptedEvent numbered(int number, AcceptedEvent.Verdict verdict, String body) {
        return new AcceptedEvent("e1", "id-" + number, "u_1", false, "track", "n", verdict, null, "k1", null, 1, body);
    }

    /** Rows of a statement share what they have in common: what one event has of its own must not spread. */
    @Test
    void eventsOfARequest_thatDifferInAnything_keepTheirOwn() {
        List<AcceptedEvent> events = List.of(
                new AcceptedEvent("e1", "1", "u", false, "track", "n", VERIFIED, null, "k1", null, 1, "{}"),
                new AcceptedEvent("e2", "2", "u", false, "track", "n", VERIFIED, null, "k1", null, 1, "{}"),
                new AcceptedEvent("e2", "3", "u", true, "track", "n", VERIFIED, null, "k1", null, 1, "{}"),
                new AcceptedEvent("e2", "4", "u", true, "group", "n", VERIFIED, null, "k1", null, 1, "{}"),
                new AcceptedEvent("e2", "5", "u", true, "group", null, ACCEPTED, null, "k1", null, 1, "{}"),
                new AcceptedEvent("e2", "6", "v", true, "group", "n", ACCEPTED, "EXPIRED", "k1", null, 1, "{}"),
                new AcceptedEvent("e2", "7", "v", true, "group", "n", ACCEPTED, "EXPIRED", null, null, 1, "{}"),
                new AcceptedEvent("e2", "8", "v", true, "group", "n", ACCEPTED, "EXPIRED", null, null, 2, "{\"a\":1}"));

        store.append(events).join();

        assertEquals(events, database.read(sql -> {
            List<AcceptedEvent> stored = new ArrayList<>();
            var row = sql.statement("SELECT * FROM event ORDER BY id").executeQuery();
            while (row.next()) {
                stored.add(new AcceptedEvent(
                        row.getString("environment"),
                        row.getString("id"),
                        row.getString("owner"),
                        row.getBoolean("anonymous"),
                        row.getString("type"),
                        row.getString("name"),
                        AcceptedEvent.Verdict.valueOf(row.getString("verdict")),
                        row.getString("reason"),
                        row.getString("key_id"),
                        null,
                        row.getLong("received_at"),
                        row.getString("body")));
            }
            return stored;
        }));
    }
}
