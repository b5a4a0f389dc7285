package dev.countersign.samples.collector.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which user an anonymous id belongs to: the first one who claimed it in a verified event, for ever. A later claim of
 * another user changes nothing, so nobody takes a visitor's history over. Thread-safe.
 */
public final class AnonymousLinks {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS anonymous_link (
              environment TEXT NOT NULL, anonymous_id TEXT NOT NULL, user_id TEXT NOT NULL, linked_at INTEGER NOT NULL,
              PRIMARY KEY (environment, anonymous_id)) WITHOUT ROWID""";
    private static final int MAX_KNOWN = 50_000;

    private final Database database;
    /** Of ids that are linked: an app that names its anonymous id in every event costs one write, not one each. */
    private final Map<Claim, Boolean> known = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Claim, Boolean> eldest) {
            return size() > MAX_KNOWN;
        }
    };

    /**
     * An id that is linked.
     *
     * @param environment the environment's id
     * @param anonymousId the anonymous id
     */
    public record Claim(String environment, String anonymousId) {}

    /** Creates the table where it is missing. */
    public AnonymousLinks(Database database) {
        this.database = database;
        database.create(TABLE);
    }

    /** The user of an anonymous id; null while nobody has claimed it. Blocks for I/O. */
    public @Nullable String user(String environment, String anonymousId) {
        Optional<String> user = database.read(sql -> {
            ResultSet row = sql.statement(
                            "SELECT user_id FROM anonymous_link WHERE environment = ? AND anonymous_id = ?",
                            environment,
                            anonymousId)
                    .executeQuery();
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        });
        return user.orElse(null);
    }

    /**
     * Links what the events claim, in the transaction that stores them.
     *
     * @return what {@link #remember} is to be told once that is committed
     */
    public List<Claim> link(SqlConnection sql, List<AcceptedEvent> events) throws SQLException {
        List<Claim> claims = new ArrayList<>(0);
        for (AcceptedEvent event : events) {
            String anonymousId = event.claimedAnonymousId();
            if (anonymousId != null && event.verdict() == AcceptedEvent.Verdict.VERIFIED) {
                Claim claim = new Claim(event.environment(), anonymousId);
                if (!isKnown(claim)) {
                    sql.statement(
                                    "INSERT INTO anonymous_link (environment, anonymous_id, user_id, linked_at)"
                                            + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                                    event.environment(),
                                    anonymousId,
                                    event.owner(),
                                    event.receivedAt())
                            .executeUpdate();
                    claims.add(claim);
                }
            }
        }
        return claims;
    }

    /** What is committed need not be linked again. */
    public synchronized void remember(List<Claim> claims) {
        claims.forEach(claim -> known.put(claim, true));
    }

    private synchronized boolean isKnown(Claim claim) {
        return known.get(claim) != null;
    }
}
