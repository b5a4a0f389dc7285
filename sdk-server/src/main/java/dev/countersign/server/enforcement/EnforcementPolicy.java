package dev.countersign.server.enforcement;

import dev.countersign.server.enforcement.Verdict.Outcome;
import dev.countersign.server.identity.RejectionReason;

/**
 * What an environment does with an event, given what came of its proof. A pure function of its arguments.
 *
 * <table>
 * <caption>Named users and groups</caption>
 * <tr><th>mode</th><th>no proof</th><th>valid proof</th><th>invalid proof</th></tr>
 * <tr><td>UNSIGNED_ONLY</td><td>ACCEPTED</td><td>DROPPED, SIGNED_NOT_ENABLED</td><td>DROPPED</td></tr>
 * <tr><td>OBSERVE</td><td>ACCEPTED</td><td>VERIFIED</td><td>MARKED_FAILED</td></tr>
 * <tr><td>OPTIONAL</td><td>ACCEPTED</td><td>VERIFIED</td><td>DROPPED</td></tr>
 * <tr><td>STRICT</td><td>DROPPED, MISSING</td><td>VERIFIED</td><td>DROPPED</td></tr>
 * </table>
 */
public record EnforcementPolicy(EnforcementMode mode, AnonymousPolicy anonymous) {

    /** The verdict on a named user or group. For an event that names both, {@link Verdict#and} joins the two. */
    public Verdict judge(ProofCheck proof) {
        if (proof.isNone()) {
            return mode == EnforcementMode.STRICT ? dropped(RejectionReason.MISSING) : accepted();
        }
        if (proof.isValid()) {
            return mode == EnforcementMode.UNSIGNED_ONLY
                    ? dropped(RejectionReason.SIGNED_NOT_ENABLED)
                    : new Verdict(Outcome.VERIFIED, null);
        }
        return mode == EnforcementMode.OBSERVE
                ? new Verdict(Outcome.MARKED_FAILED, proof.reason())
                : dropped(proof.reason());
    }

    /**
     * The verdict on an event that names no user. A valid token without a visitor id lets it in where the policy asks
     * for one, and verifies nobody.
     */
    public Verdict judgeAnonymous(ProofCheck token) {
        if (token.isNone() && mode == EnforcementMode.STRICT && anonymous == AnonymousPolicy.ALLOW) {
            return accepted();
        }
        if (token.isValid() && mode == EnforcementMode.STRICT && anonymous == AnonymousPolicy.REJECT) {
            return dropped(RejectionReason.MISSING);
        }
        Verdict verdict = judge(token);
        return verdict.outcome() == Outcome.VERIFIED ? accepted() : verdict;
    }

    private static Verdict accepted() {
        return new Verdict(Outcome.ACCEPTED, null);
    }

    private static Verdict dropped(RejectionReason reason) {
        return new Verdict(Outcome.DROPPED, reason);
    }
}
