package dev.countersign.samples.collector.traffic;

import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import java.sql.SQLException;

/** The rows of the counts. */
public final class TrafficTable {
    private static final String EVENTS = """
            CREATE TABLE IF NOT EXISTS traffic (
              environment TEXT NOT NULL, step INTEGER NOT NULL, fate TEXT NOT NULL, reason TEXT NOT NULL,
              app_version TEXT NOT NULL, count INTEGER NOT NULL,
              PRIMARY KEY (environment, step, fate, reason, app_version)) WITHOUT ROWID""";
    private static final String KEYS = """
            CREATE TABLE IF NOT EXISTS key_traffic (
              key_id TEXT NOT NULL, step INTEGER NOT NULL, proofs INTEGER NOT NULL, PRIMARY KEY (key_id, step))
              WITHOUT ROWID""";
    private static final String KEY_TOTALS = """
            CREATE TABLE IF NOT EXISTS key_total (
              key_id TEXT PRIMARY KEY, accepted INTEGER NOT NULL, last_used_at INTEGER NOT NULL)""";

    private TrafficTable() {}

    static void create(Database database) {
        database.create(EVENTS, KEYS, KEY_TOTALS);
    }

    /** Adds to a count, in a transaction; the rest is as in {@link Traffic#count}. */
    public static void add(
            SqlConnection sql, String environment, long step, String fate, String reason, String appVersion, long count)
            throws SQLException {
        sql.statement(
                        "INSERT INTO traffic (environment, step, fate, reason, app_version, count)"
                                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (environment, step, fate, reason, app_version)"
                                + " DO UPDATE SET count = traffic.count + excluded.count",
                        environment,
                        step,
                        fate,
                        reason,
                        appVersion,
                        count)
                .executeUpdate();
    }

    static void addKey(SqlConnection sql, String keyId, long step, long proofs, long accepted, long lastUsedAt)
            throws SQLException {
        sql.statement(
                        "INSERT INTO key_traffic (key_id, step, proofs) VALUES (?, ?, ?)"
                                + " ON CONFLICT (key_id, step) DO UPDATE SET proofs = key_traffic.proofs + excluded.proofs",
                        keyId,
                        step,
                        proofs)
                .executeUpdate();
        sql.statement(
                        "INSERT INTO key_total (key_id, accepted, last_used_at) VALUES (?, ?, ?) ON CONFLICT (key_id)"
                                + " DO UPDATE SET accepted = key_total.accepted + excluded.accepted, last_used_at ="
                                + " CASE WHEN excluded.last_used_at > key_total.last_used_at"
                                + " THEN excluded.last_used_at ELSE key_total.last_used_at END",
                        keyId,
                        accepted,
                        lastUsedAt)
                .executeUpdate();
    }

    static boolean dropBefore(SqlConnection sql, long oldest) throws SQLException {
        sql.statement("DELETE FROM traffic WHERE step < ?", oldest).executeUpdate();
        sql.statement("DELETE FROM key_traffic WHERE step < ?", oldest).executeUpdate();
        return true;
    }
}
