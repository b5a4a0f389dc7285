package dev.countersign.client.internal.delivery;

/** When queued events are sent, and when they are too old. Immutable. */
public final class FlushPolicy {
    private final int flushAt;
    private final long flushEveryMillis;
    private final long maxAgeMillis;

    /** Sends at this many events or this long after the first; gives events up after {@code maxAgeMillis}. */
    public FlushPolicy(int flushAt, long flushEveryMillis, long maxAgeMillis) {
        this.flushAt = flushAt;
        this.flushEveryMillis = flushEveryMillis;
        this.maxAgeMillis = maxAgeMillis;
    }

    int flushAt() {
        return flushAt;
    }

    long flushEveryMillis() {
        return flushEveryMillis;
    }

    long maxAgeMillis() {
        return maxAgeMillis;
    }
}
