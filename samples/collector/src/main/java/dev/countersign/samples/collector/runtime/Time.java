package dev.countersign.samples.collector.runtime;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where the collector reads the time.
 *
 * @param clock the time of day
 * @param ticker monotonic time, in nanoseconds
 * @param schedulers makes a single-threaded executor for what happens again and again
 */
public record Time(Clock clock, LongSupplier ticker, Supplier<ScheduledExecutorService> schedulers) {

    /** Time from these two, with threads of this process. */
    public Time(Clock clock, LongSupplier ticker) {
        this(clock, ticker, () -> Executors.newSingleThreadScheduledExecutor(Time::newThread));
    }

    /** The time of this machine. */
    public static Time ofSystem() {
        return new Time(Clock.systemUTC(), System::nanoTime);
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "collector-timer");
        thread.setDaemon(true);
        return thread;
    }
}
