package dev.countersign.samples.collector.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Lets each of a set of names do something so many times a minute. Thread-safe; forgets what is a minute old. */
public final class RateLimit {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    /** More names than this in a minute are no people any more: they share one allowance. */
    private static final int MAX_NAMES = 10_000;

    private final int perMinute;
    private final LongSupplier ticker;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    private record Window(long startedAt, int count) {}

    /**
     * A limit.
     *
     * @param perMinute how often in a minute
     * @param ticker monotonic time, in nanoseconds
     */
    public RateLimit(int perMinute, LongSupplier ticker) {
        this.perMinute = perMinute;
        this.ticker = ticker;
    }

    /** Counts one more of a name; false when it is one too many. */
    public boolean allows(String name) {
        long now = ticker.getAsLong();
        if (windows.size() >= MAX_NAMES) {
            windows.values().removeIf(window -> now - window.startedAt >= MINUTE_NANOS);
        }
        String counted = windows.size() >= MAX_NAMES && !windows.containsKey(name) ? "" : name;
        Window window = windows.compute(
                counted,
                (unused, before) -> before == null || now - before.startedAt >= MINUTE_NANOS
                        ? new Window(now, 1)
                        : new Window(before.startedAt, before.count + 1));
        return window.count <= perMinute;
    }
}
