package dev.countersign.client.testkit;

import dev.countersign.client.internal.support.Clock;
import java.util.concurrent.atomic.AtomicLong;

/** Time that tests move by hand. Safe for use by several threads. */
public final class ManualClock implements Clock {
    /** 2026-11-20T10:00:00Z. */
    public static final long START = 1_795_168_800_000L;

    private final AtomicLong elapsed = new AtomicLong();
    private volatile long wallOffset = START;

    @Override
    public long wallMillis() {
        return elapsed.get() + wallOffset;
    }

    @Override
    public long elapsedMillis() {
        return elapsed.get();
    }

    /** So much time passes, and nothing is done meanwhile; see {@link TestClient#pass}. */
    public void advance(long millis) {
        elapsed.addAndGet(millis);
    }

    /** The device's calendar is wrong by this much from now on. */
    public void setWallWrongBy(long millis) {
        wallOffset = START + millis;
    }

    /** The right time, whatever the device shows. */
    public long trueMillis() {
        return START + elapsed.get();
    }
}
