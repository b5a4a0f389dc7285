package dev.countersign.client.delivery;

import dev.countersign.client.identity.ProofRequest;
import java.util.List;

/**
 * Watches delivery: override what matters. Called on the client's callback executor, in order, in batches, never under a
 * lock; exceptions are caught and logged.
 */
public class DeliveryListener {
    /** Hears nothing. */
    public static final DeliveryListener NONE = new DeliveryListener();

    /** For subclasses. */
    protected DeliveryListener() {}

    /** This many events were taken into the queue since the last call. */
    public void queued(int events) {}

    /** The collector stored this many events. */
    public void sent(int events) {}

    /** The collector refused these events' proofs (they wait) or rejected them for good (they were set aside). */
    public void rejected(List<DeliveryOutcome> outcomes) {}

    /** The client gave up this many events. */
    public void dropped(DropReason reason, int events) {}

    /** A request failed as a whole; its events stay queued. The next attempt is this many milliseconds away. */
    public void postponed(String reason, long millis) {}

    /** Events of this user wait for a proof that the client cannot fetch by itself. */
    public void proofNeeded(ProofRequest request) {}

    /**
     * Something is wrong with the client's directory: it cannot be used, is full, or holds a damaged file. New events are
     * kept in memory meanwhile; {@link Diagnostics#getInMemory} tells how many.
     */
    public void storageProblem(String what) {}

    /** The {@link dev.countersign.client.identity.ProofProvider} gave no usable proof; it is asked again later. */
    public void proofFailed(ProofRequest request, String reason) {}
}
