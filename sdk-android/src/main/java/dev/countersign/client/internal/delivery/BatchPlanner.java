package dev.countersign.client.internal.delivery;

import dev.countersign.client.internal.proof.ProofKeeper;
import dev.countersign.client.internal.proof.ProofPair;
import dev.countersign.client.internal.queue.EventQueue;
import dev.countersign.client.internal.queue.QueuedEvent;
import dev.countersign.client.internal.session.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what goes into the next batch: the oldest events whose owners' proofs are at hand. Used by the delivery thread. */
class BatchPlanner {
    private final EventQueue queue;
    private final ProofKeeper proofs;
    private boolean someWait;

    BatchPlanner(EventQueue queue, ProofKeeper proofs) {
        this.queue = queue;
        this.proofs = proofs;
    }

    /** The next batch of at most {@code limit} events, empty when none can be sent now. */
    Batch plan(int limit) {
        Map<String, Owner> owners = new HashMap<>();
        Map<String, ProofPair> sendable = new HashMap<>();
        List<Owner> queued = new ArrayList<>();
        someWait = false;
        long asOf = proofs.changes();
        for (String tag : owners()) {
            Owner owner = Owner.parse(tag);
            queued.add(owner);
            ProofPair pair = proofs.planProofs(owner);
            if (pair != null) {
                owners.put(tag, owner);
                sendable.put(tag, pair);
            } else {
                someWait = true;
            }
        }
        proofs.retain(queued, asOf);
        Batch batch = new Batch();
        for (QueuedEvent event : queue.peek(sendable.keySet(), limit, Batch.MOST_BYTES)) {
            @Nullable Owner owner = owners.get(event.owner());
            @Nullable ProofPair pair = sendable.get(event.owner());
            if (owner == null || pair == null || !batch.add(event, owner, pair)) {
                break;
            }
        }
        return batch;
    }

    /** Whose events are queued. */
    Set<String> owners() {
        return queue.owners().keySet();
    }

    /** Whether events were left out of the last plan because they wait for a proof. */
    boolean isSomeWaiting() {
        return someWait;
    }
}
