package dev.countersign.client;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.delivery.ClearedSession;
import dev.countersign.client.delivery.CollectionMode;
import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.delivery.Diagnostics.State;
import dev.countersign.client.delivery.DropReason;
import dev.countersign.client.delivery.EventCallback;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.SignedMetadata;
import dev.countersign.client.internal.delivery.DeliveryWorker;
import dev.countersign.client.internal.delivery.Reporter;
import dev.countersign.client.internal.delivery.Signals;
import dev.countersign.client.internal.event.EventType;
import dev.countersign.client.internal.proof.ProofKeeper;
import dev.countersign.client.internal.queue.EventQueue;
import dev.countersign.client.internal.support.Clock;
import dev.countersign.client.internal.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The client's life: calls wait in the prologue until the directory is open and go to the core from then on; flush and
 * close. Safe for use by several threads.
 */
final class Client {
    private final Clock clock;
    private final Prologue prologue;
    private final Core core;
    private final @Nullable ClientDirectory directory;
    private final EventQueue queue;
    private final ProofKeeper proofs;
    private final DeliveryWorker worker;
    private final Transport transport;
    private final Signals signals;
    private final Reporter reporter;

    Client(
            Clock clock,
            Prologue prologue,
            Core core,
            @Nullable ClientDirectory directory,
            EventQueue queue,
            ProofKeeper proofs,
            DeliveryWorker worker,
            Transport transport,
            Signals signals,
            Reporter reporter) {
        this.clock = clock;
        this.prologue = prologue;
        this.core = core;
        this.directory = directory;
        this.queue = queue;
        this.proofs = proofs;
        this.worker = worker;
        this.transport = transport;
        this.signals = signals;
        this.reporter = reporter;
    }

    void track(String name, @Nullable Attributes properties, @Nullable EventCallback callback) {
        if (prologue.isOver()) {
            core.record(EventType.TRACK, name, properties, callback, clock.wallMillis());
        } else {
            record(
                    EventType.TRACK,
                    name,
                    properties,
                    callback,
                    at -> core.record(EventType.TRACK, name, properties, callback, at));
        }
    }

    void initialize() {
        record(EventType.INITIALIZE, null, null, null, at -> core.record(EventType.INITIALIZE, null, null, null, at));
    }

    void adopt(SignedMetadata metadata, EventType type) {
        record(type, null, null, null, at -> core.adopt(metadata, type, at));
    }

    void identify(
            String userId,
            @Nullable Attributes traits,
            @Nullable IdentityProof proof,
            @Nullable EventCallback callback) {
        record(EventType.IDENTIFY, null, traits, callback, at -> core.identify(userId, traits, proof, callback, at));
    }

    void group(
            String groupId,
            @Nullable Attributes traits,
            @Nullable IdentityProof proof,
            @Nullable EventCallback callback) {
        record(EventType.GROUP, null, traits, callback, at -> core.group(groupId, traits, proof, callback, at));
    }

    private void record(
            EventType type,
            @Nullable String name,
            @Nullable Attributes attributes,
            @Nullable EventCallback callback,
            Recording recording) {
        long at = clock.wallMillis();
        if (!prologue.isOver()) {
            String id = core.check(type, name, attributes);
            if (prologue.deferEvent(guarded(() -> recording.at(at)), () -> giveUp(id, callback))) {
                return;
            }
        }
        recording.at(at);
    }

    private void giveUp(String id, @Nullable EventCallback callback) {
        if (callback != null) {
            reporter.await(id, callback);
        }
        reporter.notTaken(DropReason.QUEUE_FULL, callback == null ? null : id);
    }

    void setSessionProperties(Attributes properties) {
        change(() -> core.setSessionProperties(properties));
    }

    void updateProof(String userId, IdentityProof proof) {
        change(() -> core.updateProof(userId, proof));
    }

    void setCollection(CollectionMode mode) {
        change(() -> core.setCollection(mode));
    }

    ClearedSession clearSession(ClearPolicy policy) {
        int events = prologue.events();
        if (!prologue.isOver() && prologue.defer(guarded(() -> core.clearSession(policy)))) {
            return new ClearedSession(policy, events);
        }
        return core.clearSession(policy);
    }

    private void change(Runnable call) {
        if (prologue.isOver() || !prologue.defer(guarded(call))) {
            call.run();
        }
    }

    /** What only the session of the earlier process makes wrong can be told to nobody but the log. */
    private Runnable guarded(Runnable call) {
        return () -> {
            try {
                call.run();
            } catch (IllegalArgumentException e) {
                reporter.warn("a call made before the directory was open has no effect: " + e.getMessage());
            }
        };
    }

    void flush() {
        proofs.hasten();
        signals.hasten();
    }

    boolean flush(long timeoutMillis) {
        return flush(timeoutMillis, true);
    }

    private boolean flush(long timeoutMillis, boolean patient) {
        try {
            long left = prologue.await(timeoutMillis);
            long last = queue.lastSequence();
            flush();
            return prologue.isOver() && worker.awaitDelivery(last, left, patient);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Diagnostics diagnostics() {
        State state = worker.isStopped()
                ? State.CLOSED
                : worker.isKeyRefused()
                        ? State.API_KEY_REFUSED
                        : worker.failures() > 0 ? State.BACKING_OFF : State.READY;
        int waiting = prologue.events();
        Diagnostics.Storage where = directory == null ? Diagnostics.Storage.MEMORY : directory.state();
        return new Diagnostics.Builder()
                .state(state, core.collection())
                .queue(where, queue.size() + waiting, queue.bytes(), queue.inMemory() + waiting)
                .counts(reporter.deliveredCount(), reporter.rejectedCount(), reporter.droppedCount())
                .requests(worker.failures(), worker.waitMillis())
                .build();
    }

    /** Sends what it can in this time, then ends; what is in memory only is dropped and reported. */
    boolean close(long timeoutMillis) {
        boolean sent = flush(timeoutMillis, false);
        worker.stop();
        transport.close();
        prologue.end();
        reporter.tellEvicted(queue);
        reporter.dropped(DropReason.CLOSED, queue.close());
        if (directory != null) {
            directory.close();
        }
        return sent;
    }

    /** Null until it is known who used the app before. */
    @Nullable
    String anonymousId() {
        return prologue.isOver() ? core.anonymousId() : null;
    }

    /** A call that records an event. */
    private interface Recording {
        void at(long wallMillis);
    }
}
