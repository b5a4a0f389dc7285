package dev.countersign.client.internal.delivery;

import dev.countersign.client.internal.proof.ProofKeeper;
import dev.countersign.client.internal.proof.ServerClock;
import dev.countersign.client.internal.queue.EventQueue;
import dev.countersign.client.internal.support.Alarm;
import dev.countersign.client.internal.support.Clock;
import dev.countersign.client.internal.support.Jitter;
import dev.countersign.client.internal.transport.Answer;
import dev.countersign.client.internal.transport.Transport;
import java.util.concurrent.TimeUnit;

/**
 * Sends what is queued, at least once each: peek, deliver, remove. One thread runs it; the methods that wake it are safe
 * for all threads and cheap.
 *
 * <p>{@link #step} does all that is due and tells when to come back; the thread is a loop around it. So tests call it
 * with a clock of their own and never sleep.
 */
public final class DeliveryWorker {
    /** How often events that wait for a proof are looked at without a reason. */
    private static final long RECHECK_MILLIS = 60_000;

    /** While events stream in, the thread looks for more by itself this soon after it has sent some: nobody need wake it. */
    private static final long LINGER_MILLIS = 5;

    private static final long NOTHING_DUE = Long.MIN_VALUE;

    private final EventQueue queue;
    private final ProofKeeper proofs;
    private final BatchPlanner planner;
    private final Settlement settlement;
    private final Transport transport;
    private final Reporter reporter;
    private final ServerClock serverClock;
    private final Clock clock;
    private final Jitter jitter;
    private final Signals signals;
    private final FlushPolicy policy;
    private final Upkeep upkeep;

    private final Object progress = new Object();
    private volatile boolean stopped;
    private volatile boolean paused;
    private volatile DeliveryState state = DeliveryState.START;
    /** Whether the delivery thread has acted on every signal that it took. */
    private volatile boolean resting;
    /** Whether all that was due and is still queued waits for proofs. */
    private volatile boolean onlyWaiting;

    // Used by the delivery thread alone.
    /** Events since a batch last became due. */
    private int gathered;

    private long dueAt = Long.MAX_VALUE;
    /** The last event that is to be sent before delivery rests; later ones may travel along. */
    private long dueUpTo = NOTHING_DUE;
    /** Whether the last step sent something. */
    private boolean streaming;

    /** Composes the machinery; {@code signals} are what it waits for. */
    public DeliveryWorker(
            EventQueue queue,
            ProofKeeper proofs,
            Transport transport,
            Reporter reporter,
            ServerClock serverClock,
            Clock clock,
            Jitter jitter,
            Signals signals,
            FlushPolicy policy,
            Upkeep upkeep) {
        this.queue = queue;
        this.proofs = proofs;
        this.planner = new BatchPlanner(queue, proofs);
        this.settlement = new Settlement(queue, proofs, reporter);
        this.transport = transport;
        this.reporter = reporter;
        this.serverClock = serverClock;
        this.clock = clock;
        this.jitter = jitter;
        this.signals = signals;
        this.policy = policy;
        this.upkeep = upkeep;
    }

    /**
     * Waits until no event up to this sequence is queued any more.
     *
     * @param patient whether to wait also while nothing but a proof from outside can help
     * @return whether that came about in time
     */
    public boolean awaitDelivery(long sequence, long timeoutMillis, boolean patient) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        synchronized (progress) {
            while (queue.holdsUpTo(sequence)) {
                long left = end - System.nanoTime();
                if (stopped || left <= 0 || (!patient && isHopeless(left))) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(progress, left);
            }
            return true;
        }
    }

    private boolean isHopeless(long leftNanos) {
        // In this order: a fetch that ends leaves a signal, and the thread that takes a signal no longer rests.
        boolean demand = proofs.isAsking();
        if (signals.isPending() || !resting) {
            return false;
        }
        boolean backsOff = waitMillis() >= TimeUnit.NANOSECONDS.toMillis(leftNanos);
        return paused || backsOff || (!demand && onlyWaiting);
    }

    /** Sends nothing and asks for no proof until it is told otherwise. */
    public void pause(boolean yes) {
        if (paused != yes) {
            paused = yes;
            signals.flush();
        }
    }

    /** Ends the loop after the request that is under way. */
    public void stop() {
        stopped = true;
        signals.ring();
        tellProgress();
    }

    /** Whether {@link #stop} was called. */
    public boolean isStopped() {
        return stopped;
    }

    /** What the thread does until {@link #stop}. */
    public void run() {
        while (!stopped) {
            try {
                long wait = guardedStep();
                if (streaming) {
                    signals.await(Signals.NO_EVENTS, Math.min(wait, LINGER_MILLIS));
                } else {
                    signals.await(wanted(), wait);
                }
            } catch (InterruptedException e) {
                // By the app's code, on its direct executor: only stop() ends this thread, which is our own.
            }
        }
    }

    /** A fault of ours or in the app's HTTP client, or memory that ran short for a while, must not end delivery for good. */
    private long guardedStep() {
        try {
            return step();
        } catch (Throwable e) {
            reporter.postponed("internal error " + e.getClass().getName(), RECHECK_MILLIS);
            return RECHECK_MILLIS;
        }
    }

    /** How many more events are reason enough to look before the time has come. */
    private int wanted() {
        boolean held = paused || dueUpTo != NOTHING_DUE;
        if (held) {
            return DeliveryState.MOST_EVENTS; // for what was given up meanwhile
        }
        return gathered == 0 ? 1 : Math.max(1, policy.flushAt() - gathered);
    }

    /** Does what is due now, requests included, and returns the milliseconds until something will be. */
    public long step() {
        resting = false;
        streaming = false;
        long untilUpkeep = upkeep.tick();
        long now = gather();
        while (!stopped && !paused && dueAt <= now && state.waitMillis(now) == 0) {
            Batch batch = planner.plan(state.limit());
            if (batch.size() == 0 || batch.entries().get(0).event.sequence() > dueUpTo) {
                rest(batch.size(), now);
            } else {
                deliver(batch);
                streaming = true;
                proofs.tick();
                tellProgress();
            }
            now = gather();
        }
        long untilProof = paused ? Alarm.NEVER : proofs.tick();
        onlyWaiting = dueUpTo == NOTHING_DUE && planner.isSomeWaiting();
        resting = true;
        tellProgress();
        long untilDue = paused || dueAt == Long.MAX_VALUE ? Alarm.NEVER : Math.max(dueAt - now, state.waitMillis(now));
        return Math.max(0, Math.min(Math.min(Alarm.NEVER, untilUpkeep), Math.min(untilProof, untilDue)));
    }

    /** All that was due and can be sent is gone; so many younger events are left, fewer than make a batch. */
    private void rest(int left, long now) {
        gathered = left;
        dueUpTo = NOTHING_DUE;
        dueAt = left > 0 ? now + policy.flushEveryMillis() : queue.size() == 0 ? Long.MAX_VALUE : now + RECHECK_MILLIS;
    }

    /** Takes note of the time, of new events and of requests to flush; returns the time. */
    private long gather() {
        long now = clock.elapsedMillis();
        // Not by the calendar, which the user may set: no jump of it may cost an event.
        queue.expire(policy.maxAgeMillis());
        reporter.tellEvicted(queue);
        int more = signals.takeQueued();
        if (more > 0) {
            reporter.queued(more);
            gathered += more;
            dueAt = Math.min(dueAt, now + policy.flushEveryMillis());
        }
        boolean proofsCame = signals.takeProofsChanged() && planner.isSomeWaiting();
        boolean flush = signals.takeFlush();
        if (signals.takeHaste()) { // after the flush that comes with it: who waits must not see the long wait again
            state = state.hastened();
        }
        if (flush || proofsCame || gathered >= policy.flushAt()) {
            dueAt = now;
            dueUpTo = NOTHING_DUE;
        }
        if (dueAt <= now && dueUpTo == NOTHING_DUE) {
            dueUpTo = queue.lastSequence();
            gathered = 0;
        }
        return now;
    }

    private void tellProgress() {
        synchronized (progress) {
            progress.notifyAll();
        }
    }

    private void deliver(Batch batch) {
        Answer answer = transport.send(batch.gzip(), batch.size());
        if (answer.serverMillis() != 0) {
            serverClock.learn(answer.serverMillis());
        }
        DeliveryState before = state;
        long now = clock.elapsedMillis();
        DeliveryState after = before.next(answer, batch.size(), now, jitter.next());
        boolean alone = batch.size() == 1;
        switch (answer.kind()) {
            case SETTLED:
                if (settlement.settle(batch, answer)) {
                    after = before.failed(answer.retryAfterMillis(), now, jitter.next());
                    reporter.postponed("the collector cannot judge some events now", after.waitMillis(now));
                }
                break;
            case UNREADABLE:
            case TOO_LARGE:
                if (alone) {
                    settlement.refusedAlone(batch, answer);
                }
                break;
            case KEY_REFUSED:
            case FAILED:
                break;
        }
        state = after;
        if (after.failures() > 0 && answer.kind() != Answer.Kind.SETTLED) {
            reporter.postponed(answer.description(), after.waitMillis(now));
        }
    }

    /** Requests that failed in a row. */
    public int failures() {
        return state.failures();
    }

    /** Whether the collector refused the API key. */
    public boolean isKeyRefused() {
        return state.isKeyRefused();
    }

    /** Milliseconds until the next request is allowed, 0 when one is. */
    public long waitMillis() {
        return state.waitMillis(clock.elapsedMillis());
    }
}
