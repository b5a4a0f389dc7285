package dev.countersign.samples.collector.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on SQLite, and the group commit below it. */
class SqliteEventStoreTest extends EventStoreContract {
    @TempDir
    Path directory;

    private Database database;
    private EventStore store;

    @BeforeEach
    void open() throws IOException {
        database = Database.open(directory.resolve("c.sqlite"), 1 << 20);
        store = new SqliteEventStore(database);
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Override
    EventStore store() {
        return store;
    }

    @Test
    void workThatFails_undoesItselfAlone() {
        database.writeAndWait(
                session -> session.statement("CREATE TABLE t (x INTEGER)").execute());
        CompletableFuture<Integer> before = database.write(0, session -> insert(session, 1));
        CompletableFuture<Integer> failing = database.write(0, session -> {
            insert(session, 2);
            throw new IllegalStateException("on purpose");
        });
        CompletableFuture<Integer> after = database.write(0, session -> insert(session, 3));

        assertEquals(1, before.join());
        assertEquals(1, after.join());
        CompletionException failure = assertThrows(CompletionException.class, failing::join);
        assertEquals("on purpose", failure.getCause().getMessage());
        assertEquals(4, sum());
    }

    private static int insert(Session session, int value) throws java.sql.SQLException {
        return session.statement("INSERT INTO t VALUES (?)", value).executeUpdate();
    }

    private int sum() {
        return database.read(session -> {
            var row = session.statement("SELECT SUM(x) FROM t").executeQuery();
            row.next();
            return row.getInt(1);
        });
    }

    @Test
    void brokenSql_failsAsStorage_andTheNextWorkIsDone() {
        CompletableFuture<Boolean> broken =
                database.write(0, session -> session.statement("NO SQL").execute());
        assertEquals(
                StorageException.class,
                assertThrows(CompletionException.class, broken::join).getCause().getClass());

        assertEquals("done", database.write(0, session -> "done").join());
    }
}
