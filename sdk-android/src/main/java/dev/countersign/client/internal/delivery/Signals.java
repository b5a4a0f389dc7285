package dev.countersign.client.internal.delivery;

import dev.countersign.client.internal.support.Alarm;
import java.util.concurrent.atomic.AtomicInteger;

/** What happened since the delivery thread last looked. Ringing is cheap; safe for use by several threads. */
public final class Signals {
    private final int flushAt;
    private final Alarm alarm = new Alarm();
    private final AtomicInteger queued = new AtomicInteger();
    private volatile boolean flush;
    private volatile boolean haste;
    private volatile boolean proofsChanged;

    /** A batch is full at {@code flushAt} events. */
    public Signals(int flushAt) {
        this.flushAt = flushAt;
    }

    /** An event was queued. Rings only for the first of a batch and when the batch is full. */
    public void eventQueued() {
        int count = queued.incrementAndGet();
        if (count == 1 || count == flushAt) {
            alarm.ring();
        }
    }

    /** Everything is to be sent now; a wait after a failure is kept. */
    public void flush() {
        flush = true;
        alarm.ring();
    }

    /** The same, and a wait that nobody asked for is cut short: the app may know that the network is back. */
    public void hasten() {
        haste = true;
        flush();
    }

    /** Events that waited for a proof may be sendable. */
    public void proofsChanged() {
        proofsChanged = true;
        alarm.ring();
    }

    /** Something else changed. */
    void ring() {
        alarm.ring();
    }

    void await(long millis) throws InterruptedException {
        alarm.await(millis);
    }

    /** Events queued since the last call. */
    int takeQueued() {
        return queued.get() == 0 ? 0 : queued.getAndSet(0);
    }

    /** Whether something happened that the delivery thread has not looked at. */
    boolean isPending() {
        return flush || proofsChanged || queued.get() > 0;
    }

    boolean takeFlush() {
        boolean taken = flush;
        flush = false;
        return taken;
    }

    boolean takeHaste() {
        boolean taken = haste;
        haste = false;
        return taken;
    }

    boolean takeProofsChanged() {
        boolean taken = proofsChanged;
        proofsChanged = false;
        return taken;
    }
}
