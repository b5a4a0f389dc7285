package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.runtime.OtherCollectors;
import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The collectors that share a database, each with the last change that it has taken over. Thread-safe; every method
 * blocks for I/O.
 *
 * <p>A collector that is not heard of any more counts for 15 minutes: for so long it may go on judging by the keys that
 * it has. One that ends in order, or is started again under its name, counts no longer.
 */
final class Instances implements OtherCollectors {
    /** For how long a collector trusts its keys without the database; that of the key cache. */
    static final Duration GONE = Duration.ofMinutes(15);
    /** Those of whose keys a verifier is told are its own name with this before it. */
    static final String VERIFIER = "collector ";

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 5;

    private final Database database;
    private final String name;
    private final Time time;

    Instances(Database database, String name, Time time) {
        this.database = database;
        this.name = name;
        this.time = time;
    }

    /** The number of the last change that is committed. */
    long lastChange() {
        return database.read(Instances::lastChange);
    }

    private static long lastChange(SqlConnection sql) throws SQLException {
        ResultSet row = sql.statement("SELECT number FROM change").executeQuery();
        row.next();
        return row.getLong(1);
    }

    /** Says that this collector judges by all changes up to one; also that it lives. */
    void report(long applied) {
        long now = time.clock().millis();
        long gone = now - GONE.toMillis();
        var unused = database.writeAndWait(sql -> {
            sql.statement(
                            "DELETE FROM verifier v USING instance i WHERE v.name = ? || i.name AND i.seen_at < ?",
                            VERIFIER,
                            gone)
                    .executeUpdate();
            sql.statement("DELETE FROM instance WHERE seen_at < ?", gone).executeUpdate();
            return sql.statement(
                            "INSERT INTO instance (name, applied, seen_at) VALUES (?, ?, ?) ON CONFLICT (name)"
                                    + " DO UPDATE SET applied = excluded.applied, seen_at = excluded.seen_at",
                            name,
                            applied,
                            now)
                    .executeUpdate();
        });
    }

    /** Says that this collector ends. */
    void leave() {
        var unused = database.writeAndWait(sql -> {
            sql.statement("DELETE FROM verifier WHERE name = ?", VERIFIER + name)
                    .executeUpdate();
            return sql.statement("DELETE FROM instance WHERE name = ?", name).executeUpdate();
        });
    }

    @Override
    public void awaitTakenOver() throws IOException {
        long change = lastChange();
        long deadline = time.ticker().getAsLong() + PATIENCE.toNanos();
        List<String> behind = behind(change);
        while (!behind.isEmpty()) {
            if (time.ticker().getAsLong() - deadline > 0) {
                throw new IOException("not known to have taken change " + change + " over: " + behind);
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + behind, e);
            }
            behind = behind(change);
        }
    }

    private List<String> behind(long change) {
        return database.read(sql -> {
            List<String> behind = new ArrayList<>();
            ResultSet rows = sql.statement(
                            "SELECT name FROM instance WHERE applied < ? AND seen_at >= ? ORDER BY name",
                            change,
                            time.clock().millis() - GONE.toMillis())
                    .executeQuery();
            while (rows.next()) {
                behind.add(rows.getString(1));
            }
            return behind;
        });
    }
}
