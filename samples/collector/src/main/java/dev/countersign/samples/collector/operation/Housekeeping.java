package dev.countersign.samples.collector.operation;

import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.storage.EventStore;
import dev.countersign.samples.collector.traffic.Traffic;
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

    private final EventStore events;
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
    public Housekeeping(EventStore events, Traffic traffic, KeyStore keys, Duration retention, Time time) {
        this.events = events;
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
        long deleted = events.deleteBefore(clock.millis() - retention.toMillis());
        if (deleted > 0 || erased > 0) {
            LOG.log(System.Logger.Level.INFO, "deleted {0} events and {1} revoked secrets", deleted, erased);
        }
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
