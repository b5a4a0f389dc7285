package dev.countersign.samples.collector.operation;

import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import dev.countersign.samples.collector.traffic.Traffic;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What is done again and again: counts are written every five seconds; every hour events past their retention are
 * deleted and revoked secrets past their 30 days erased.
 */
public final class Housekeeping implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final long FLUSH_SECONDS = 5;
    private static final long TIDY_SECONDS = 3600;
    /** So few at a time that no request waits long behind them. */
    private static final int DELETED_AT_ONCE = 2_000;

    private final Database database;
    private final Traffic traffic;
    private final KeyStore keys;
    private final Duration retention;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    /**
     * Starts it.
     *
     * @param retention how long events are kept
     */
    public Housekeeping(Database database, Traffic traffic, KeyStore keys, Duration retention, Time time) {
        this.database = database;
        this.traffic = traffic;
        this.keys = keys;
        this.retention = retention;
        this.clock = time.clock();
        this.timer = time.schedulers().get();
        var unusedFlush = timer.scheduleWithFixedDelay(
                () -> tried("writing the counts", traffic::flush), FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
        var unusedTidy = timer.scheduleWithFixedDelay(
                () -> tried("tidying up", this::tidyUp), TIDY_SECONDS, TIDY_SECONDS, TimeUnit.SECONDS);
    }

    /** Deletes what is past its time. Happens every hour by itself. */
    public void tidyUp() {
        int erased = keys.eraseRevoked();
        long before = clock.millis() - retention.toMillis();
        long deleted = 0;
        for (int rows = DELETED_AT_ONCE; rows == DELETED_AT_ONCE; deleted += rows) {
            rows = database.writeAndWait(sql -> deleteSome(sql, before));
        }
        if (deleted > 0 || erased > 0) {
            LOG.log(System.Logger.Level.INFO, "deleted {0} events and {1} revoked secrets", deleted, erased);
        }
    }

    /** The oldest rows are the first ones: whatever arrives last has the highest row id. */
    private static int deleteSome(SqlConnection sql, long before) throws SQLException {
        return sql.statement(
                        "DELETE FROM event WHERE rowid IN (SELECT rowid FROM event ORDER BY rowid LIMIT "
                                + DELETED_AT_ONCE + ") AND received_at < ?",
                        before)
                .executeUpdate();
    }

    private static void tried(String what, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} failed: {1}", what, e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        tried("writing the counts", traffic::flush);
    }
}
