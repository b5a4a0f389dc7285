package dev.countersign.samples.collector.runtime;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Where the collector reads the time.
 *
 * @param clock the time of day
 * @param ticker monotonic time, in nanoseconds
 */
public record Time(Clock clock, LongSupplier ticker) {

    /** The time of this machine. */
    public static Time ofSystem() {
        return new Time(Clock.systemUTC(), System::nanoTime);
    }
}
