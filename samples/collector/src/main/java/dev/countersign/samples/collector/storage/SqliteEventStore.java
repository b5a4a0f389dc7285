package dev.countersign.samples.collector.storage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Events in a table of a {@link Database}; durable, complete and thread-safe as that is. */
public final class SqliteEventStore implements EventStore {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS event (
              environment TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, anonymous INTEGER NOT NULL,
              type TEXT NOT NULL, name TEXT, verdict TEXT NOT NULL, reason TEXT, key_id TEXT,
              received_at INTEGER NOT NULL, body TEXT NOT NULL,
              PRIMARY KEY (environment, id)) WITHOUT ROWID""";
    // The parameters of INSERT and UPDATE have the same order, see bind.
    private static final String INSERT = """
            INSERT INTO event (owner, anonymous, type, name, verdict, reason, key_id, received_at, body, environment, id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
    private static final String UPDATE = """
            UPDATE event SET owner = ?, anonymous = ?, type = ?, name = ?, verdict = ?, reason = ?, key_id = ?,
              received_at = ?, body = ? WHERE environment = ? AND id = ?""";
    private static final String FIND = "SELECT verdict, body FROM event WHERE environment = ? AND id = ?";
    /** What a row takes beside its body, about. */
    private static final int ROW_BYTES = 256;

    private final Database database;

    /**
     * Creates the table where it is missing.
     *
     * @param database where the events go
     */
    public SqliteEventStore(Database database) {
        this.database = database;
        database.writeAndWait(sql -> sql.statement(TABLE).execute());
    }

    @Override
    public CompletableFuture<List<StoreOutcome>> append(List<AcceptedEvent> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        int bytes = events.stream()
                .mapToInt(event -> event.body().length() + ROW_BYTES)
                .sum();
        return database.write(bytes, sql -> {
            List<StoreOutcome> outcomes = new ArrayList<>(events.size());
            for (AcceptedEvent event : events) {
                outcomes.add(store(sql, event));
            }
            return outcomes;
        });
    }

    private static StoreOutcome store(SqlConnection sql, AcceptedEvent event) throws SQLException {
        if (bind(sql.statement(INSERT), event).executeUpdate() == 1) {
            return StoreOutcome.STORED;
        }
        try (ResultSet stored =
                sql.statement(FIND, event.environment(), event.id()).executeQuery()) {
            if (!stored.next()) {
                throw new StorageException("a stored event vanished", null);
            }
            if (isVerified(event) && !stored.getString(1).equals(AcceptedEvent.Verdict.VERIFIED.name())) {
                bind(sql.statement(UPDATE), event).executeUpdate();
                return StoreOutcome.REPLACED;
            }
            return EventContent.same(stored.getString(2), event.body())
                    ? StoreOutcome.DUPLICATE
                    : StoreOutcome.CONFLICT;
        }
    }

    private static boolean isVerified(AcceptedEvent event) {
        return event.verdict() == AcceptedEvent.Verdict.VERIFIED;
    }

    private static PreparedStatement bind(PreparedStatement statement, AcceptedEvent event) throws SQLException {
        statement.setString(1, event.owner());
        statement.setInt(2, event.anonymous() ? 1 : 0);
        statement.setString(3, event.type());
        statement.setString(4, event.name());
        statement.setString(5, event.verdict().name());
        statement.setString(6, event.reason());
        statement.setString(7, event.keyId());
        statement.setLong(8, event.receivedAt());
        statement.setString(9, event.body());
        statement.setString(10, event.environment());
        statement.setString(11, event.id());
        return statement;
    }
}
