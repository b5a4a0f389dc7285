package dev.countersign.client.internal.support;

/** How long to wait after troubles: 1 s to 5 min, spread at random. Pure. */
public final class Backoff {
    private static final long FIRST_MILLIS = 1000;
    private static final long MOST_MILLIS = 5 * 60_000;

    private Backoff() {}

    /**
     * From 1 s up to a ceiling that doubles from 2 s to 5 min.
     *
     * @param troubles how many in a row, at least 1
     * @param random from 0 to 1
     */
    public static long millis(int troubles, double random) {
        long ceiling = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(troubles, 20));
        return FIRST_MILLIS + (long) (random * (ceiling - FIRST_MILLIS));
    }
}
