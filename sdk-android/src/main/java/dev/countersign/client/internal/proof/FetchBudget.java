package dev.countersign.client.internal.proof;

/** A bucket of permits that stops a storm of fetches, whatever causes it. Guarded by the keeper's lock. */
final class FetchBudget {
    private static final int MOST = 30;
    private static final long REFILL_MILLIS = 2000;

    private double permits = MOST;
    private long countedAt;

    FetchBudget(long nowElapsed) {
        countedAt = nowElapsed;
    }

    /** Takes a permit and returns 0, or returns the milliseconds until there is one. */
    long take(long nowElapsed) {
        permits = Math.min(MOST, permits + (nowElapsed - countedAt) / (double) REFILL_MILLIS);
        countedAt = nowElapsed;
        if (permits >= 1) {
            permits--;
            return 0;
        }
        return (long) Math.ceil((1 - permits) * REFILL_MILLIS);
    }
}
