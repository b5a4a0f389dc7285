package dev.countersign.samples.collector.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
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
}
