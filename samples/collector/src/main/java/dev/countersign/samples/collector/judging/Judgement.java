package dev.countersign.samples.collector.judging;

import dev.countersign.samples.collector.event.Refusal;
import dev.countersign.server.enforcement.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an event.
 *
 * @param outcome whether it is taken, and as what
 * @param refusal why it is not taken; null exactly when it is
 * @param failure why a proof of it failed where it is taken all the same, or null
 * @param strictReason why STRICT refuses it, whatever the mode is now; null where it would not
 * @param keyId the key that a proof was verified with, or was said to be made with, or null
 * @param provenKeyIds the keys of all proofs that hold, each once, whatever becomes of the event
 */
public record Judgement(
        Verdict.Outcome outcome,
        @Nullable Refusal refusal,
        @Nullable String failure,
        @Nullable String strictReason,
        @Nullable String keyId,
        List<String> provenKeyIds) {

    static Judgement refused(Refusal refusal, @Nullable String keyId, List<String> provenKeyIds) {
        return new Judgement(Verdict.Outcome.DROPPED, refusal, null, refusal.countedAs(), keyId, provenKeyIds);
    }
}
