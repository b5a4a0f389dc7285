package dev.countersign.client.internal.support;

import java.util.concurrent.TimeUnit;

/**
 * The machine's clock, for a JVM. {@code nanoTime} stands still while an Android device sleeps deeply, and with it
 * expiries and waits: there the Android package supplies another clock.
 */
final class SystemClock implements Clock {
    static final SystemClock INSTANCE = new SystemClock();

    private SystemClock() {}

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
