package dev.countersign.samples.collector.environment;

import dev.countersign.samples.collector.access.AuditLog;
import dev.countersign.samples.collector.access.Caller;
import dev.countersign.samples.collector.storage.Database;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Other programs that verify with a ring, and the version that each reported last. A key is promoted only when all of
 * them have it. Thread-safe; every method blocks for I/O.
 */
public final class Verifiers {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS verifier (
              ring TEXT NOT NULL, name TEXT NOT NULL, ring_version INTEGER NOT NULL, reported_at INTEGER NOT NULL,
              PRIMARY KEY (ring, name))""";

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;

    /**
     * A verifier.
     *
     * @param name its name
     * @param ringVersion the version of the ring it uses
     * @param reportedAt when it said so, in milliseconds since 1970
     */
    public record Verifier(String name, long ringVersion, long reportedAt) {}

    /** Creates the table where it is missing. */
    public Verifiers(Database database, AuditLog audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        database.create(TABLE);
    }

    /** Those of a ring, by name. */
    public List<Verifier> list(String ring) {
        return database.read(sql -> {
            List<Verifier> verifiers = new ArrayList<>();
            ResultSet rows = sql.statement(
                            "SELECT name, ring_version, reported_at FROM verifier WHERE ring = ? ORDER BY name", ring)
                    .executeQuery();
            while (rows.next()) {
                verifiers.add(new Verifier(rows.getString(1), rows.getLong(2), rows.getLong(3)));
            }
            return verifiers;
        });
    }

    /** Registers a verifier, or takes its next report. */
    public void report(String ring, String name, long ringVersion) {
        database.writeAndWait(sql -> sql.statement(
                        "INSERT INTO verifier (ring, name, ring_version, reported_at) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (ring, name) DO UPDATE SET ring_version = excluded.ring_version,"
                                + " reported_at = excluded.reported_at",
                        ring,
                        name,
                        ringVersion,
                        clock.millis())
                .executeUpdate());
    }

    /** Forgets a verifier that is no more; false when there was none. */
    public boolean remove(Caller by, String ring, String name) {
        return database.writeAndWait(sql -> {
            audit.add(sql, by, "verifier.remove", ring, name);
            return sql.statement("DELETE FROM verifier WHERE ring = ? AND name = ?", ring, name)
                            .executeUpdate()
                    == 1;
        });
    }
}
