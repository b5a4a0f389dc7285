package dev.countersign.client.internal.delivery;

import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.RejectionReason;
import dev.countersign.client.internal.event.EventEncoder;
import dev.countersign.client.internal.proof.ProofKeeper;
import dev.countersign.client.internal.queue.EventQueue;
import dev.countersign.client.internal.queue.QueuedEvent;
import dev.countersign.client.internal.transport.Answer;
import dev.countersign.client.internal.transport.Rejection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies the collector's verdicts: what is stored or set aside leaves the queue, a refused proof is given up while its
 * events stay. Used by the delivery thread.
 */
final class Settlement {
    private static final int MOST_STRIKES = 3;

    private final EventQueue queue;
    private final ProofKeeper proofs;
    private final Reporter reporter;
    /** The event that was last refused alone, and how often in a row. */
    private long struck;

    private int strikes;

    Settlement(EventQueue queue, ProofKeeper proofs, Reporter reporter) {
        this.queue = queue;
        this.proofs = proofs;
        this.reporter = reporter;
    }

    /**
     * Applies a verdict on each event of the batch.
     *
     * @return whether some events could not be judged for a while
     */
    boolean settle(Batch batch, Answer answer) {
        Map<Integer, Rejection> rejections = new HashMap<>();
        for (Rejection rejection : answer.rejected()) {
            rejections.put(rejection.index(), rejection);
        }
        List<QueuedEvent> stored = new ArrayList<>();
        List<Batch.Entry> refused = new ArrayList<>();
        List<DeliveryOutcome> bad = new ArrayList<>();
        boolean passing = false;
        for (int i = 0; i < batch.size(); i++) {
            Batch.Entry entry = batch.entries().get(i);
            @Nullable Rejection rejection = rejections.get(i);
            if (rejection == null) {
                proofs.accepted(entry.owner, entry.pair);
                stored.add(entry.event);
            } else if (rejection.isPassing()) {
                passing = true;
            } else if (isProofAtFault(entry, rejection)) {
                refused.add(entry);
                bad.add(DeliveryOutcome.proofRefused(idOf(entry), reasonOf(rejection)));
            } else {
                setAside(entry, rejection.code(), rejection.reason(), bad);
            }
        }
        // After all acceptances, so that mixed verdicts on one proof end in asking for another, not in a loop.
        for (Batch.Entry entry : refused) {
            proofs.refused(entry.owner, entry.pair);
        }
        reporter.delivered(queue.remove(stored));
        reporter.rejected(bad);
        return passing;
    }

    /**
     * The only event of a batch is refused as a whole: it can never be accepted. A stranger's word for that counts when it
     * is repeated, for else one event that a proxy finds too large would hold up all others for ever.
     */
    void refusedAlone(Batch batch, Answer answer) {
        Batch.Entry entry = batch.entries().get(0);
        strikes = entry.event.sequence() == struck ? strikes + 1 : 1;
        struck = entry.event.sequence();
        if (answer.isFromCollector() || strikes >= MOST_STRIKES) {
            List<DeliveryOutcome> bad = new ArrayList<>(1);
            setAside(entry, answer.description(), null, bad);
            reporter.rejected(bad);
        }
    }

    /** Not reported when the queue has given it up, and reported it, meanwhile. */
    private void setAside(Batch.Entry entry, String code, @Nullable RejectionReason reason, List<DeliveryOutcome> bad) {
        if (!queue.remove(Collections.singletonList(entry.event)).isEmpty()) {
            bad.add(DeliveryOutcome.rejected(idOf(entry), code, reason));
        }
    }

    /** Whether another proof could save the event: not when the platform wants none, or a visitor has none. */
    private static boolean isProofAtFault(Batch.Entry entry, Rejection rejection) {
        boolean visitorHasNone =
                entry.owner.isAnonymous() && (entry.pair.isNone() || rejection.reason() == RejectionReason.MISSING);
        return rejection.code().equals(Rejection.IDENTITY_UNVERIFIED)
                && rejection.reason() != RejectionReason.SIGNED_NOT_ENABLED
                && !visitorHasNone;
    }

    private static RejectionReason reasonOf(Rejection rejection) {
        return rejection.reason() == null ? RejectionReason.OTHER : rejection.reason();
    }

    private static String idOf(Batch.Entry entry) {
        return EventEncoder.idOf(entry.event.bytes());
    }
}
