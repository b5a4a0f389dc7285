package dev.countersign.client.testkit;

import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.DropReason;
import dev.countersign.client.delivery.EventCallback;
import dev.countersign.client.delivery.Logger;
import dev.countersign.client.identity.ProofRequest;
import java.util.ArrayList;
import java.util.List;

/** Remembers what the listener, the callbacks and the log were told. For one thread. */
public final class RecordingListener extends DeliveryListener {
    /** Refused proofs, and events that were set aside. */
    public final List<DeliveryOutcome> rejected = new ArrayList<>();
    /** What {@link #callback} heard. */
    public final List<DeliveryOutcome> outcomes = new ArrayList<>();
    /** Such as {@code QUEUE_FULL 3}. */
    public final List<String> drops = new ArrayList<>();
    /** Why requests failed. */
    public final List<String> postponed = new ArrayList<>();
    /** Whose events wait for a proof that only the app can supply. */
    public final List<ProofRequest> needed = new ArrayList<>();
    /** Why the provider's answers would not do. */
    public final List<String> failed = new ArrayList<>();
    /** What is wrong with the directory. */
    public final List<String> storageProblems = new ArrayList<>();
    /** The log, each message with its exception, if any. */
    public final List<String> log = new ArrayList<>();
    /** Events taken into the queue. */
    public int queued;
    /** Events that were delivered. */
    public int sent;

    /** A callback for calls, which adds to {@link #outcomes}. */
    public EventCallback callback() {
        return outcomes::add;
    }

    /** A log, which adds to {@link #log}. */
    public Logger logger() {
        return (level, message, cause) -> log.add(message + (cause == null ? "" : " " + cause));
    }

    @Override
    public void queued(int events) {
        queued += events;
    }

    @Override
    public void sent(int events) {
        sent += events;
    }

    @Override
    public void rejected(List<DeliveryOutcome> events) {
        rejected.addAll(events);
    }

    @Override
    public void dropped(DropReason reason, int events) {
        drops.add(reason + " " + events);
    }

    @Override
    public void postponed(String reason, long millis) {
        postponed.add(reason);
    }

    @Override
    public void proofNeeded(ProofRequest request) {
        needed.add(request);
    }

    @Override
    public void storageProblem(String what) {
        storageProblems.add(what);
    }

    @Override
    public void proofFailed(ProofRequest request, String reason) {
        failed.add(reason);
    }
}
