package dev.countersign.samples.collector.storage;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Events in a table of a {@link SqliteDatabase}; durable, complete and thread-safe as that is.
 *
 * <pre>
 * event (rowid, environment, id, owner, …, body)   rows in the order of their arrival
 *   unique index (environment, id)                 stored once
 * </pre>
 *
 * <p>What costs here is the statement, not the row: a request's events go in with a few statements of many rows each.
 * Only where one of them meets an id that is known is that statement taken back and its events looked at one by one.
 */
public final class SqliteEventStore implements EventStore {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS event (
              environment TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, anonymous INTEGER NOT NULL,
              type TEXT NOT NULL, name TEXT, verdict TEXT NOT NULL, reason TEXT, key_id TEXT,
              received_at INTEGER NOT NULL, body TEXT NOT NULL,
              UNIQUE (environment, id))""";
    // The parameters of INSERT and UPDATE have the same order, see bind.
    private static final String COLUMNS =
            "owner, anonymous, type, name, verdict, reason, key_id, received_at, body, environment, id";
    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final int ROW_PARAMETERS = 11;
    private static final String UPDATE = """
            UPDATE event SET owner = ?, anonymous = ?, type = ?, name = ?, verdict = ?, reason = ?, key_id = ?,
              received_at = ?, body = ? WHERE environment = ? AND id = ?""";
    private static final String FIND = "SELECT verdict, body FROM event WHERE environment = ? AND id = ?";
    /** What a row takes beside its body, about. */
    private static final int ROW_BYTES = 256;
    /** The most rows of a statement. Statements have a power of two of them, so that few are prepared. */
    private static final int MAX_ROWS = 64;

    /** So few at a time that no request waits long behind them. */
    private static final int DELETED_AT_ONCE = 2_000;

    private static final String[] INSERTS = inserts();

    private final SqliteDatabase database;
    private final AnonymousLinks links;

    /**
     * Creates the table where it is missing.
     *
     * @param database where the events go
     * @param links learns which anonymous ids their users claim
     */
    public SqliteEventStore(SqliteDatabase database, AnonymousLinks links) {
        this.database = database;
        this.links = links;
        database.create(TABLE);
    }

    @Override
    public CompletableFuture<List<StoreOutcome>> append(List<AcceptedEvent> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        int bytes = 0;
        for (AcceptedEvent event : events) {
            bytes += event.body().length() + ROW_BYTES;
        }
        List<AnonymousLinks.Claim> claims = new ArrayList<>(0);
        return database.write(bytes, sql -> {
                    claims.addAll(links.link(sql, events));
                    return store(sql, events);
                })
                .whenComplete((outcomes, failure) -> {
                    if (failure == null) {
                        links.remember(claims);
                    }
                });
    }

    @Override
    public long deleteBefore(long receivedBefore) {
        long deleted = 0;
        for (int rows = DELETED_AT_ONCE; rows == DELETED_AT_ONCE; deleted += rows) {
            rows = database.writeAndWait(sql -> deleteSome(sql, receivedBefore));
        }
        return deleted;
    }

    /** The oldest rows are the first ones: whatever arrives last has the highest row id. */
    private static int deleteSome(SqlConnection sql, long before) throws SQLException {
        return sql.statement(
                        "DELETE FROM event WHERE rowid IN (SELECT rowid FROM event ORDER BY rowid LIMIT "
                                + DELETED_AT_ONCE + ") AND received_at < ?",
                        before)
                .executeUpdate();
    }

    @Override
    public boolean isOpen() {
        return database.isOpen();
    }

    @Override
    public long waitingBytes() {
        return database.waitingBytes();
    }

    private static List<StoreOutcome> store(SqlConnection sql, List<AcceptedEvent> events) throws SQLException {
        List<StoreOutcome> outcomes = new ArrayList<>(events.size());
        for (int from = 0; from < events.size(); ) {
            int rows = Math.min(Integer.highestOneBit(events.size() - from), MAX_ROWS);
            List<AcceptedEvent> chunk = events.subList(from, from + rows);
            if (insert(sql, chunk)) {
                outcomes.addAll(Collections.nCopies(rows, StoreOutcome.STORED));
            } else {
                for (AcceptedEvent event : chunk) {
                    outcomes.add(store(sql, event));
                }
            }
            from += rows;
        }
        return outcomes;
    }

    /** All of them, or none where one has an id that is there already, in the chunk itself too. */
    private static boolean insert(SqlConnection sql, List<AcceptedEvent> chunk) throws SQLException {
        PreparedStatement insert = sql.statement(INSERTS[Integer.numberOfTrailingZeros(chunk.size())]);
        for (int i = 0; i < chunk.size(); i++) {
            bind(insert, i * ROW_PARAMETERS, chunk.get(i));
        }
        if (chunk.size() == 1) {
            return insert.executeUpdate() == 1;
        }
        sql.statement("SAVEPOINT chunk").execute();
        boolean all = insert.executeUpdate() == chunk.size();
        if (!all) {
            sql.statement("ROLLBACK TO chunk").execute();
        }
        sql.statement("RELEASE chunk").execute();
        return all;
    }

    private static StoreOutcome store(SqlConnection sql, AcceptedEvent event) throws SQLException {
        try (ResultSet stored =
                sql.statement(FIND, event.environment(), event.id()).executeQuery()) {
            if (stored.next()) {
                return meet(sql, event, AcceptedEvent.Verdict.valueOf(stored.getString(1)), stored.getString(2));
            }
        }
        bind(sql.statement(INSERTS[0]), 0, event).executeUpdate();
        return StoreOutcome.STORED;
    }

    private static StoreOutcome meet(
            SqlConnection sql, AcceptedEvent event, AcceptedEvent.Verdict storedVerdict, String storedBody)
            throws SQLException {
        if (isVerified(event.verdict()) && !isVerified(storedVerdict)) {
            bind(sql.statement(UPDATE), 0, event).executeUpdate();
            return StoreOutcome.REPLACED;
        }
        return EventContent.same(storedBody, event.body()) ? StoreOutcome.DUPLICATE : StoreOutcome.CONFLICT;
    }

    private static boolean isVerified(AcceptedEvent.Verdict verdict) {
        return verdict == AcceptedEvent.Verdict.VERIFIED;
    }

    private static PreparedStatement bind(PreparedStatement statement, int before, AcceptedEvent event)
            throws SQLException {
        statement.setString(before + 1, event.owner());
        statement.setInt(before + 2, event.anonymous() ? 1 : 0);
        statement.setString(before + 3, event.type());
        statement.setString(before + 4, event.name());
        statement.setString(before + 5, event.verdict().name());
        statement.setString(before + 6, event.reason());
        statement.setString(before + 7, event.keyId());
        statement.setLong(before + 8, event.receivedAt());
        statement.setString(before + 9, event.body());
        statement.setString(before + 10, event.environment());
        statement.setString(before + 11, event.id());
        return statement;
    }

    private static String[] inserts() {
        String[] inserts = new String[Integer.numberOfTrailingZeros(MAX_ROWS) + 1];
        for (int i = 0; i < inserts.length; i++) {
            inserts[i] = "INSERT INTO event (" + COLUMNS + ") VALUES "
                    + String.join(", ", Collections.nCopies(1 << i, ROW)) + " ON CONFLICT DO NOTHING";
        }
        return inserts;
    }
}
