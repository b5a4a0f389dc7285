package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.account.ClientAccount;
import dev.countersign.samples.rotation.account.ForgerAccount;
import dev.countersign.samples.rotation.ledger.LedgerComparison.Findings;
import dev.countersign.samples.rotation.ledger.RotationResult;
import dev.countersign.server.identity.RejectionReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Weighs all that was found. Thread-safe: no state. */
final class Verdict {

    static final int LEAST_EVENTS = 10_000;
    static final int ROTATIONS = 3;

    /**
     * What is known when everything has ended.
     *
     * @param clients what all client processes say, together
     * @param collectorRefusals the collector's refusals by reason, whoever sent the event
     * @param keyFaults keys that proved too little or too much
     */
    record Evidence(
            Findings findings,
            ClientAccount clients,
            ForgerAccount forger,
            Map<String, Long> collectorRefusals,
            Set<String> modes,
            int rotations,
            List<String> keyFaults) {

        /** Refusals that the collector counted and the forger does not account for. */
        long collectorRefusedOthers() {
            return Math.max(
                    0, proofRefusals(collectorRefusals) - proofRefusals(forger.byAnswer()) - forger.unanswered());
        }

        /** The worse of two independent counts. */
        long rejected() {
            return Math.max(clients.rejectedTotal(), collectorRefusedOthers());
        }

        long forgedAccepted() {
            return Math.max(forger.accepted(), findings.foreign());
        }

        private static long proofRefusals(Map<String, Long> counts) {
            return Arrays.stream(RejectionReason.values())
                    .mapToLong(reason -> counts.getOrDefault(reason.name(), 0L))
                    .sum();
        }
    }

    private Verdict() {}

    /** The result; OK only if nothing at all is wrong. */
    static RotationResult of(Evidence evidence) {
        Findings findings = evidence.findings();
        return new RotationResult(
                findings.tracked(),
                findings.stored(),
                evidence.rejected(),
                findings.lost(),
                findings.duplicates(),
                String.join("+", evidence.modes()),
                evidence.rotations(),
                evidence.forger().sent(),
                evidence.forgedAccepted(),
                reasons(evidence));
    }

    private static List<String> reasons(Evidence evidence) {
        Findings findings = evidence.findings();
        List<String> reasons = new ArrayList<>();
        add(reasons, evidence.rejected(), "refused");
        add(reasons, findings.lost(), "lost");
        add(reasons, findings.duplicates(), "stored twice");
        add(reasons, findings.misattributed(), "stored under another user or environment");
        add(reasons, findings.unverified(), "stored unverified");
        add(reasons, evidence.clients().dropped(), "dropped by clients");
        add(reasons, evidence.forgedAccepted(), "accepted from the forger");
        if (findings.tracked() < LEAST_EVENTS) {
            reasons.add("only " + findings.tracked() + " events were tracked, " + LEAST_EVENTS + " are the least");
        }
        if (evidence.forger().sent() == 0) {
            reasons.add("the forger sent nothing");
        }
        evidence.forger().kindsNeverRefused().forEach(kind -> reasons.add("no forgery " + kind + " was refused"));
        if (evidence.forger().unanswered() * 100 > evidence.forger().sent()) {
            reasons.add(evidence.forger().unanswered() + " forged events got no answer");
        }
        if (!evidence.modes().equals(Set.of("STRICT"))) {
            reasons.add("the mode was not STRICT throughout");
        }
        if (evidence.rotations() != ROTATIONS) {
            reasons.add(evidence.rotations() + " of " + ROTATIONS + " rotations");
        }
        reasons.addAll(evidence.keyFaults());
        return reasons;
    }

    private static void add(List<String> reasons, long events, String what) {
        if (events > 0) {
            reasons.add(events + " events " + what);
        }
    }
}
