package dev.countersign.samples.collector.storage;

import dev.countersign.samples.collector.storage.AcceptedEvent.Verdict;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Events in a table of a {@link SqliteDatabase}; durable, complete and thread-safe as that is.
 *
 * <pre>
 * event (rowid, environment, id, owner, …, body)   rows in the order of their arrival
 *   unique index (id, environment)                 stored once; two ids soon differ, two environments do not
 * </pre>
 *
 * <p>What costs here is the statement and the value bound to it, not the row: events of a request go in with one statement
 * of many rows, which names once what they have in common and leaves out what meets a known id. Only where it left one out
 * are its events looked at one by one.
 */
public final class SqliteEventStore implements EventStore {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS event (
              environment TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, anonymous INTEGER NOT NULL,
              type TEXT NOT NULL, name TEXT, verdict TEXT NOT NULL, reason TEXT, key_id TEXT,
              received_at INTEGER NOT NULL, body TEXT NOT NULL,
              UNIQUE (id, environment))""";
    /** The parameters ?1 to ?7 are of all rows of a statement, as in {@link #alike}; four more belong to each row. */
    private static final int COMMON_PARAMETERS = 7;

    private static final int ROW_PARAMETERS = 4;
    private static final String COLUMNS =
            "environment, anonymous, type, verdict, reason, key_id, received_at, owner, name, body, id";
    private static final String UPDATE = """
            UPDATE event SET anonymous = ?2, type = ?3, verdict = ?4, reason = ?5, key_id = ?6, received_at = ?7,
              owner = ?8, name = ?9, body = ?10 WHERE environment = ?1 AND id = ?11""";
    private static final String FIND = "SELECT rowid, verdict, body FROM event WHERE environment = ? AND id = ?";
    private static final String LAST_ROW = "SELECT max(rowid) FROM event";
    /** What a row takes beside its body, about. */
    private static final int ROW_BYTES = 256;
    /** The most rows of a statement: those of every length below are prepared when they first occur. */
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
            List<AcceptedEvent> chunk = alike(events, from);
            int inserted = bind(sql.statement(INSERTS[chunk.size() - 1]), chunk).executeUpdate();
            if (inserted == chunk.size()) {
                outcomes.addAll(Collections.nCopies(inserted, StoreOutcome.STORED));
            } else {
                lookAt(sql, chunk, inserted, outcomes);
            }
            from += chunk.size();
        }
        return outcomes;
    }

    /** The events from one on that have the common parameters of that one: in most requests all of them. */
    private static List<AcceptedEvent> alike(List<AcceptedEvent> events, int from) {
        AcceptedEvent first = events.get(from);
        int to = from + 1;
        int end = Math.min(events.size(), from + MAX_ROWS);
        while (to < end && alike(first, events.get(to))) {
            to++;
        }
        return events.subList(from, to);
    }

    private static boolean alike(AcceptedEvent event, AcceptedEvent other) {
        return event.environment().equals(other.environment())
                && event.anonymous() == other.anonymous()
                && event.type().equals(other.type())
                && event.verdict() == other.verdict()
                && Objects.equals(event.reason(), other.reason())
                && Objects.equals(event.keyId(), other.keyId())
                && event.receivedAt() == other.receivedAt();
    }

    /** Those that went in are the last rows, in their order; each other one has met the event that holds its id. */
    private static void lookAt(SqlConnection sql, List<AcceptedEvent> chunk, int inserted, List<StoreOutcome> outcomes)
            throws SQLException {
        long next = 1L - inserted;
        try (ResultSet last = sql.statement(LAST_ROW).executeQuery()) {
            last.next();
            next += last.getLong(1);
        }
        for (AcceptedEvent event : chunk) {
            try (ResultSet stored =
                    sql.statement(FIND, event.environment(), event.id()).executeQuery()) {
                stored.next();
                if (stored.getLong(1) == next) {
                    next++;
                    outcomes.add(StoreOutcome.STORED);
                } else {
                    Verdict verdict = Verdict.valueOf(stored.getString(2));
                    outcomes.add(meet(sql, event, verdict, stored.getString(3)));
                }
            }
        }
    }

    private static StoreOutcome meet(SqlConnection sql, AcceptedEvent event, Verdict storedVerdict, String storedBody)
            throws SQLException {
        StoreOutcome outcome = StoreOutcome.ofMeeting(event, storedVerdict, storedBody);
        if (outcome == StoreOutcome.REPLACED) {
            bind(sql.statement(UPDATE), List.of(event)).executeUpdate();
        }
        return outcome;
    }

    private static PreparedStatement bind(PreparedStatement statement, List<AcceptedEvent> alike) throws SQLException {
        AcceptedEvent first = alike.get(0);
        statement.setString(1, first.environment());
        statement.setInt(2, first.anonymous() ? 1 : 0);
        statement.setString(3, first.type());
        statement.setString(4, first.verdict().name());
        statement.setString(5, first.reason());
        statement.setString(6, first.keyId());
        statement.setLong(7, first.receivedAt());
        int parameter = COMMON_PARAMETERS;
        for (AcceptedEvent event : alike) {
            statement.setString(++parameter, event.owner());
            statement.setString(++parameter, event.name());
            statement.setString(++parameter, event.body());
            statement.setString(++parameter, event.id());
        }
        return statement;
    }

    /** Of 1 to {@link #MAX_ROWS} rows. */
    private static String[] inserts() {
        String[] inserts = new String[MAX_ROWS];
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < MAX_ROWS; i++) {
            int at = COMMON_PARAMETERS + i * ROW_PARAMETERS;
            rows.append(i == 0 ? "" : ", ").append("(?1, ?2, ?3, ?4, ?5, ?6, ?7");
            for (int j = 1; j <= ROW_PARAMETERS; j++) {
                rows.append(", ?").append(at + j);
            }
            rows.append(')');
            inserts[i] = "INSERT INTO event (" + COLUMNS + ") VALUES " + rows + " ON CONFLICT DO NOTHING";
        }
        return inserts;
    }
}
