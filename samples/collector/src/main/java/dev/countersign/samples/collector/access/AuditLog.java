package dev.countersign.samples.collector.access;

import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What was done, by whom. An entry is written in the transaction of what it tells of, so neither stands without the
 * other. Holds no secret, no proof and no id of a user. Thread-safe; {@link #latest} blocks for I/O.
 */
public final class AuditLog {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS audit (
              id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL,
              subject TEXT NOT NULL, detail TEXT NOT NULL)""";

    private final Database database;
    private final Clock clock;

    /**
     * Creates the table where it is missing.
     *
     * @param database where the log lies
     * @param clock when its entries happen
     */
    public AuditLog(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
        database.create(TABLE);
    }

    /**
     * One thing that was done.
     *
     * @param at when, in milliseconds since 1970
     * @param who the name of the credential
     * @param action what, as in {@code key.revoke}
     * @param subject to what: the id of an environment, a key or a credential
     * @param detail in which words; may be empty
     */
    public record Entry(long at, String who, String action, String subject, String detail) {}

    /** Adds an entry to a transaction. */
    public void add(SqlConnection sql, Caller caller, String action, String subject, String detail)
            throws SQLException {
        sql.statement(
                        "INSERT INTO audit (at, who, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
                        clock.millis(),
                        caller.name(),
                        action,
                        subject,
                        detail)
                .executeUpdate();
    }

    /** Adds an entry of its own, of something that changes no table. */
    public void add(Caller caller, String action, String subject, String detail) {
        database.writeAndWait(sql -> {
            add(sql, caller, action, subject, detail);
            return true;
        });
    }

    /**
     * The latest entries, the newest first.
     *
     * @param limit how many at most
     */
    public List<Entry> latest(int limit) {
        return database.read(sql -> {
            List<Entry> entries = new ArrayList<>();
            ResultSet rows = sql.statement(
                            "SELECT at, who, action, subject, detail FROM audit ORDER BY id DESC LIMIT ?", limit)
                    .executeQuery();
            while (rows.next()) {
                entries.add(new Entry(
                        rows.getLong(1), rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5)));
            }
            return entries;
        });
    }
}
