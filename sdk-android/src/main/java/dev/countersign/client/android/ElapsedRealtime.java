package dev.countersign.client.android;

import android.os.SystemClock;
import dev.countersign.client.internal.support.Clock;

/** The device's clock: elapsed time counts deep sleep too, so that expiries and waits end when they should. */
final class ElapsedRealtime implements Clock {

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long elapsedMillis() {
        return SystemClock.elapsedRealtime();
    }
}
