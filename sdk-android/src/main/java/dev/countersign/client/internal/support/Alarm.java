package dev.countersign.client.internal.support;

import java.util.concurrent.TimeUnit;

/** Where one thread waits until its time has come or somebody rings. A ring while nobody waits ends the next wait at once. */
public final class Alarm {
    /** Longer waits are cut to this, which also keeps sums of times from overflowing. */
    public static final long NEVER = TimeUnit.DAYS.toMillis(1);

    private final Object lock = new Object();
    private boolean rung;

    /** Waits at most {@code millis} milliseconds, 0 not at all. */
    public void await(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(millis, NEVER));
        synchronized (lock) {
            long left = end - System.nanoTime();
            while (!rung && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
                left = end - System.nanoTime();
            }
            rung = false;
        }
    }

    /** Ends the wait. Cheap; never blocks for long. */
    public void ring() {
        synchronized (lock) {
            rung = true;
            lock.notifyAll();
        }
    }
}
