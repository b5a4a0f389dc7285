package dev.countersign.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls that were made before the client's directory was open. They wait, in order, because whom they are about is known
 * only when it is. Bounded: of too many events the oldest is given up. Safe for use by several threads.
 */
final class Prologue {
    private final int maxEvents;
    private volatile boolean over;
    // Guarded by this.
    private final Deque<Call> calls = new ArrayDeque<>();
    private int events;

    /** Keeps at most this many events. */
    Prologue(int maxEvents) {
        this.maxEvents = maxEvents;
    }

    /** Whether calls are carried out at once. */
    boolean isOver() {
        return over;
    }

    /** Keeps a call for later; false when it is to be carried out at once. */
    boolean defer(Runnable call) {
        return add(new Call(call, null));
    }

    /** The same with a call that records an event; {@code giveUp} runs instead when there are too many. */
    boolean deferEvent(Runnable call, Runnable giveUp) {
        return add(new Call(call, giveUp));
    }

    private boolean add(Call call) {
        @Nullable Runnable givenUp = null;
        synchronized (this) {
            if (over) {
                return false;
            }
            if (call.giveUp != null && ++events > maxEvents) {
                givenUp = removeOldestEvent();
            }
            calls.add(call);
        }
        if (givenUp != null) {
            givenUp.run();
        }
        return true;
    }

    private @Nullable Runnable removeOldestEvent() {
        events--;
        for (Iterator<Call> all = calls.iterator(); all.hasNext(); ) {
            @Nullable Runnable giveUp = all.next().giveUp;
            if (giveUp != null) {
                all.remove();
                return giveUp;
            }
        }
        return null;
    }

    /** How many events wait. */
    synchronized int events() {
        return events;
    }

    /** Carries out what waits, without a lock; from then on calls are carried out at once. */
    void end() {
        for (Call next = next(); next != null; next = next()) {
            next.call.run();
        }
    }

    private synchronized @Nullable Call next() {
        Call next = calls.poll();
        if (next == null) {
            over = true;
            notifyAll();
        } else if (next.giveUp != null) {
            events--;
        }
        return next;
    }

    /** Waits until it is over; returns how much of the time is left, 0 when it is not over yet. */
    synchronized long await(long timeoutMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        long left = end - System.nanoTime();
        while (!over && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(left));
    }

    private static final class Call {
        final Runnable call;
        final @Nullable Runnable giveUp;

        Call(Runnable call, @Nullable Runnable giveUp) {
            this.call = call;
            this.giveUp = giveUp;
        }
    }
}
