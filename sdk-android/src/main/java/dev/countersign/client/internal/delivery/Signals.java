package dev.countersign.client.internal.delivery;

import dev.countersign.client.internal.support.Alarm;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happened since the delivery thread last looked. Safe for use by several threads. Waking a thread costs its caller
 * several microseconds, so a queued event does it only where the delivery thread waits for that very event.
 */
public final class Signals {
    /** As many events as never come. */
    static final int NO_EVENTS = Integer.MAX_VALUE;

    private final Alarm alarm = new Alarm();
    private final AtomicInteger queued = new AtomicInteger();
    /** How many queued events the delivery thread waits for. */
    private volatile int awaited = NO_EVENTS;

    private volatile boolean flush;
    private volatile boolean haste;
    private volatile boolean proofsChanged;

    /** An event was queued. */
    public void eventQueued() {
        if (queued.incrementAndGet() == awaited) {
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

    /** Waits until so many events are queued, anything else happens, or the time is over. */
    void await(int events, long millis) throws InterruptedException {
        awaited = events;
        if (queued.get() < events) { // who adds another after this look sees what is awaited
            alarm.await(millis);
        }
        awaited = NO_EVENTS;
    }

    /** Events queued since the last call. */
    int takeQueued() {
        return queued.get() == 0 ? 0 : queued.getAndSet(0);
    }

    /** Whether the delivery thread has been asked for something that it has not looked at. */
    boolean isPending() {
        return flush || proofsChanged;
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
