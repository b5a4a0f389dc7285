package dev.countersign.samples.rotation.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStoreTest {

    @TempDir
    private Path directory;

    @Test
    void theCollectorsRows_areReadOldestFirst_withWhatTheirBodiesSay() throws Exception {
        Path file = directory.resolve("collector.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE event(environment TEXT, id TEXT, owner TEXT, type TEXT, name TEXT,"
                    + " verdict TEXT, reason TEXT, key_id TEXT, received_at INTEGER, body TEXT,"
                    + " PRIMARY KEY(environment, id)) WITHOUT ROWID");
            statement.execute("INSERT INTO event VALUES('env_1', 'b', 'ada', 'track', 'Work Done', 'VERIFIED', NULL,"
                    + " 'k1', 2000, '{\"userId\":\"ada\",\"properties\":{\"client\":\"phone\",\"n\":7}}')");
            statement.execute("INSERT INTO event VALUES('env_1', 'a', 'x', 'identify', NULL, 'ACCEPTED', NULL,"
                    + " NULL, 1000, '{\"anonymousId\":\"x\"}')");
        }

        assertEquals(
                List.of(
                        new StoredEvent("env_1", "identify", null, null, 0, "ACCEPTED", null, 1000),
                        new StoredEvent("env_1", "track", "ada", "phone", 7, "VERIFIED", "k1", 2000)),
                EventStore.read(file));
    }

    @Test
    void aLedger_isReadAsItWasWritten() throws Exception {
        Path file = directory.resolve("phone.ledger");
        try (TrackLedger ledger = TrackLedger.create(file)) {
            ledger.append(1, "ada");
            ledger.append(2, "bob");
            assertEquals(
                    List.of(new TrackedEvent("phone", 1, "ada"), new TrackedEvent("phone", 2, "bob")),
                    TrackLedger.read(file, "phone"));
        }
    }
}
