package dev.countersign.client.internal.delivery;

import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.DropReason;
import dev.countersign.client.delivery.EventCallback;
import dev.countersign.client.delivery.Logger;
import dev.countersign.client.identity.ProofRequest;
import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.internal.event.EventEncoder;
import dev.countersign.client.internal.proof.ProofReports;
import dev.countersign.client.internal.queue.Drops;
import dev.countersign.client.internal.queue.EventQueue;
import dev.countersign.client.internal.queue.QueuedEvent;
import dev.countersign.client.internal.queue.StorageReports;
import dev.countersign.client.internal.session.Owner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells the app what becomes of its events: counts, listener, callbacks, log. The app's code runs on its executor and
 * whatever it throws ends here, errors and (from Kotlin) checked exceptions included. Safe for use by several threads.
 */
public final class Reporter implements ProofReports, Drops, StorageReports {
    private final DeliveryListener listener;
    private final Executor executor;
    private final Logger logger;
    private final Map<String, EventCallback> callbacks = new ConcurrentHashMap<>();
    private final AtomicInteger evicted = new AtomicInteger();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** Runs the app's code on {@code executor}. */
    public Reporter(DeliveryListener listener, Executor executor, Logger logger) {
        this.listener = listener;
        this.executor = executor;
        this.logger = logger;
    }

    /** This callback wants to hear of the event with this id. */
    public void await(String eventId, EventCallback callback) {
        callbacks.put(eventId, callback);
    }

    void queued(int events) {
        tell(() -> listener.queued(events));
    }

    void delivered(List<QueuedEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        delivered.addAndGet(events.size());
        tell(() -> listener.sent(events.size()));
        if (!callbacks.isEmpty()) {
            for (QueuedEvent event : events) {
                call(DeliveryOutcome.delivered(EventEncoder.idOf(event.bytes())));
            }
        }
    }

    /** Proofs refused, and events set aside. */
    void rejected(List<DeliveryOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        List<DeliveryOutcome> told = Collections.unmodifiableList(outcomes);
        tell(() -> listener.rejected(told));
        for (DeliveryOutcome outcome : outcomes) {
            if (outcome.isFinal()) {
                rejected.incrementAndGet();
            }
            call(outcome);
        }
        warn(outcomes.size() + " events not accepted, first " + outcomes.get(0), null);
    }

    /** The client gave these up. */
    public void dropped(DropReason reason, List<QueuedEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        countDropped(reason, events.size());
        for (QueuedEvent event : events) {
            call(DeliveryOutcome.dropped(EventEncoder.idOf(event.bytes()), reason));
        }
    }

    private void countDropped(DropReason reason, int events) {
        dropped.addAndGet(events);
        tell(() -> listener.dropped(reason, events));
        // Not here: this may be the caller's thread, and a log may be a file.
        run(() -> warn(events + " events dropped: " + reason, null));
    }

    /** One was not taken; {@code eventId} is that of one with a callback. */
    public void notTaken(DropReason reason, @Nullable String eventId) {
        dropped.incrementAndGet();
        tell(() -> listener.dropped(reason, 1));
        if (eventId != null) {
            call(DeliveryOutcome.dropped(eventId, reason));
        }
    }

    /** For the log. */
    public void warn(String message) {
        warn(message, null);
    }

    void postponed(String reason, long millis) {
        tell(() -> listener.postponed(reason, millis));
        warn("sending failed (" + reason + "), next attempt in " + millis + " ms", null);
    }

    /** On a caller's thread, perhaps for each of its calls: told by {@link #tellEvicted}. */
    @Override
    public boolean countFull() {
        evicted.incrementAndGet();
        return !callbacks.isEmpty();
    }

    @Override
    public void full(QueuedEvent oldest) {
        call(DeliveryOutcome.dropped(EventEncoder.idOf(oldest.bytes()), DropReason.QUEUE_FULL));
    }

    @Override
    public void fullEarlier(int events) {
        evicted.addAndGet(events);
    }

    /** Tells of the events that were pushed out of a full queue since the last call. */
    public void tellEvicted(EventQueue queue) {
        int events = evicted.getAndSet(0);
        if (events > 0) {
            countDropped(DropReason.QUEUE_FULL, events);
            run(() -> queue.toldFull(events)); // after the app's listener, which runs there too
        }
    }

    @Override
    public void expired(List<QueuedEvent> events) {
        dropped(DropReason.TOO_OLD, new ArrayList<>(events));
    }

    @Override
    public void cleared(List<QueuedEvent> events) {
        dropped(DropReason.SESSION_CLEARED, events);
    }

    @Override
    public void storageProblem(String what) {
        tell(() -> listener.storageProblem(what));
        warn("storage: " + what, null);
    }

    @Override
    public void proofNeeded(Owner owner, Cause cause) {
        if (!owner.isAnonymous()) {
            ProofRequest request = new ProofRequest(owner.id(), owner.groupId(), cause);
            tell(() -> listener.proofNeeded(request));
        }
        warn("events wait for a proof that the app must supply (" + cause + ")", null);
    }

    @Override
    public void proofFailed(Owner owner, Cause cause, String why) {
        ProofRequest request = new ProofRequest(owner.id(), owner.groupId(), cause);
        tell(() -> listener.proofFailed(request, why));
        warn("no proof from the provider (" + cause + "): " + why, null);
    }

    /** Events delivered since the start. */
    public long deliveredCount() {
        return delivered.get();
    }

    /** Events set aside since the start. */
    public long rejectedCount() {
        return rejected.get();
    }

    /** Events given up since the start. */
    public long droppedCount() {
        return dropped.get();
    }

    private void call(DeliveryOutcome outcome) {
        @Nullable
        EventCallback callback =
                outcome.isFinal() ? callbacks.remove(outcome.getEventId()) : callbacks.get(outcome.getEventId());
        if (callback != null) {
            run(() -> callback.completed(outcome));
        }
    }

    private void tell(Runnable news) {
        if (listener != DeliveryListener.NONE) {
            run(news);
        }
    }

    private void run(Runnable appCode) {
        try {
            executor.execute(() -> guarded(appCode));
        } catch (Throwable e) {
            warn("the callback executor refused: " + e.getClass().getName(), null);
        }
    }

    private void guarded(Runnable appCode) {
        try {
            appCode.run();
        } catch (Throwable e) {
            warn("a listener or callback threw " + e.getClass().getName(), e);
        }
    }

    private void warn(String message, @Nullable Throwable cause) {
        try {
            logger.log(Logger.Level.WARNING, message, cause);
        } catch (Throwable e) {
            // There is nobody left to tell.
        }
    }
}
