package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.AnonymousLinks;
import dev.countersign.samples.collector.storage.EventStore;
import dev.countersign.samples.collector.storage.SqlConnection;
import dev.countersign.samples.collector.storage.StoreOutcome;
import dev.countersign.samples.collector.traffic.Fate;
import dev.countersign.samples.collector.traffic.Traffic;
import dev.countersign.samples.collector.traffic.TrafficTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes batches of events to the event table by the rules of {@link EventStore}, each batch in one transaction. Owns a
 * connection; not thread-safe.
 *
 * <p>A batch goes by COPY into a staging table and from there with one statement into the event table. Only where that
 * meets ids which are there already are those looked at one by one.
 */
final class EventTable implements AutoCloseable {
    private static final String COLUMNS =
            "environment, id, owner, anonymous, type, name, verdict, reason, key_id, received_at, body";
    private static final String STAGING = """
            CREATE TEMP TABLE staging (
              n integer, environment text, id uuid, owner text, anonymous smallint, type text, name text, verdict text,
              reason text, key_id text, received_at bigint, body text) ON COMMIT DELETE ROWS""";
    // In the order of the key, so that two consumers that meet each other's ids wait and do not block one another.
    private static final String INSERT = "INSERT INTO event (" + COLUMNS + ") SELECT " + COLUMNS
            + " FROM staging ORDER BY environment, id ON CONFLICT DO NOTHING";
    // Rows of other transactions: those of this one are new.
    private static final String MET = """
            SELECT s.n, e.verdict, e.body FROM staging s JOIN event e ON e.environment = s.environment AND e.id = s.id
              WHERE e.xmin <> pg_current_xact_id()::xid ORDER BY s.environment, s.id FOR UPDATE OF e""";
    private static final String FIND =
            "SELECT verdict, body FROM event WHERE environment = ? AND id = ?::uuid FOR UPDATE";
    private static final String REPLACE = """
            UPDATE event SET owner = ?, anonymous = ?, type = ?, name = ?, verdict = ?, reason = ?, key_id = ?,
              received_at = ?, body = ? WHERE environment = ? AND id = ?::uuid""";

    private final Connection connection;
    private final SqlConnection sql;
    private final CopyManager copy;
    private final AnonymousLinks links;

    /** An event's id within all environments. */
    private record Id(String environment, String id) {}

    /** Takes a connection over. */
    EventTable(Connection connection, AnonymousLinks links) throws SQLException {
        this.connection = connection;
        this.sql = new SqlConnection(connection);
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI();
        this.links = links;
        sql.statement(STAGING).execute();
        // The staging table has no statistics, and the event table must never be read whole.
        sql.statement("SET enable_hashjoin = off").execute();
        sql.statement("SET enable_mergejoin = off").execute();
        connection.setAutoCommit(false);
    }

    /**
     * Stores events and commits; on any failure nothing of them is stored, and this can be used on where the connection
     * is still valid.
     *
     * @return what became of each, in their order
     */
    StoreOutcome[] store(List<AcceptedEvent> events) throws SQLException {
        try {
            StoreOutcome[] outcomes = insert(events);
            List<AnonymousLinks.Claim> claims = links.link(sql, inOrderOfArrival(events));
            countLate(events, outcomes);
            connection.commit();
            links.remember(claims);
            return outcomes;
        } catch (SQLException | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException undo) {
                e.addSuppressed(undo);
            }
            throw e;
        }
    }

    /** Partitions come one after the other; who claimed an anonymous id first goes by the time. */
    private static List<AcceptedEvent> inOrderOfArrival(List<AcceptedEvent> events) {
        List<AcceptedEvent> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparingLong(AcceptedEvent::receivedAt));
        return sorted;
    }

    private StoreOutcome[] insert(List<AcceptedEvent> events) throws SQLException {
        Map<Id, Integer> first = new HashMap<>(events.size() * 2);
        List<AcceptedEvent> once = new ArrayList<>(events.size());
        int[] places = new int[events.size()];
        List<Integer> again = new ArrayList<>(0);
        for (int i = 0; i < places.length; i++) {
            AcceptedEvent event = events.get(i);
            if (first.putIfAbsent(new Id(event.environment(), event.id()), i) == null) {
                places[once.size()] = i;
                once.add(event);
            } else {
                again.add(i);
            }
        }
        StoreOutcome[] outcomes = new StoreOutcome[events.size()];
        Arrays.fill(outcomes, StoreOutcome.STORED);
        stage(once);
        if (sql.statement(INSERT).executeUpdate() < once.size()) {
            for (Met met : met()) {
                outcomes[places[met.n]] = meet(once.get(met.n), met.verdict, met.body);
            }
        }
        for (int i : again) {
            outcomes[i] = storeAgain(events.get(i));
        }
        return outcomes;
    }

    private void stage(List<AcceptedEvent> events) throws SQLException {
        byte[] rows = CopyText.of(events);
        try {
            var unused = copy.copyIn("COPY staging FROM STDIN", new ByteArrayInputStream(rows), 1 << 16);
        } catch (IOException e) {
            throw new SQLException("copying " + rows.length + " bytes", e);
        }
    }

    private record Met(int n, String verdict, String body) {}

    private List<Met> met() throws SQLException {
        List<Met> met = new ArrayList<>();
        try (ResultSet rows = sql.statement(MET).executeQuery()) {
            while (rows.next()) {
                met.add(new Met(rows.getInt(1), rows.getString(2), rows.getString(3)));
            }
        }
        return met;
    }

    /** Meets a row of this batch. */
    private StoreOutcome storeAgain(AcceptedEvent event) throws SQLException {
        try (ResultSet row =
                sql.statement(FIND, event.environment(), event.id()).executeQuery()) {
            if (!row.next()) {
                throw new SQLException("an event of this batch is not there");
            }
            return meet(event, row.getString(1), row.getString(2));
        }
    }

    private StoreOutcome meet(AcceptedEvent event, String storedVerdict, String storedBody) throws SQLException {
        StoreOutcome outcome = StoreOutcome.ofMeeting(event, AcceptedEvent.Verdict.valueOf(storedVerdict), storedBody);
        if (outcome == StoreOutcome.REPLACED) {
            replace(event);
        }
        return outcome;
    }

    @SuppressWarnings("NullAway") // A column may be null.
    private void replace(AcceptedEvent event) throws SQLException {
        var unused = sql.statement(
                        REPLACE,
                        CopyText.plain(event.owner()),
                        event.anonymous() ? 1 : 0,
                        event.type(),
                        CopyText.plain(event.name()),
                        event.verdict().name(),
                        event.reason(),
                        CopyText.plain(event.keyId()),
                        event.receivedAt(),
                        event.body(),
                        event.environment(),
                        event.id())
                .executeUpdate();
    }

    /** Repeats and conflicts were answered as accepted: they show in the counts of their arrival. */
    private void countLate(List<AcceptedEvent> events, StoreOutcome[] outcomes) throws SQLException {
        Map<String, long[]> late = new TreeMap<>();
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == StoreOutcome.DUPLICATE || outcomes[i] == StoreOutcome.CONFLICT) {
                AcceptedEvent event = events.get(i);
                String cell = event.environment() + ' ' + Traffic.stepOf(event.receivedAt());
                late.computeIfAbsent(cell, unseen -> new long[2])[outcomes[i] == StoreOutcome.DUPLICATE ? 0 : 1]++;
            }
        }
        for (Map.Entry<String, long[]> cell : late.entrySet()) {
            String[] place = cell.getKey().split(" ", 2);
            long step = Long.parseLong(place[1]);
            if (cell.getValue()[0] > 0) {
                TrafficTable.add(sql, place[0], step, Fate.DUPLICATE.name(), "", "", cell.getValue()[0]);
            }
            if (cell.getValue()[1] > 0) {
                TrafficTable.add(sql, place[0], step, Fate.REFUSED.name(), "EVENT_ID_CONFLICT", "", cell.getValue()[1]);
            }
        }
    }

    /** Keeps where a record lies that nobody can store, and commits. */
    void setAside(String topic, int partition, long offset, String why, long at) throws SQLException {
        var unused = sql.statement(
                        "INSERT INTO unstorable (topic, partition, record_offset, why, seen_at) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        topic,
                        partition,
                        offset,
                        why,
                        at)
                .executeUpdate();
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
