package dev.countersign.samples.collector.judging;

import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.samples.collector.event.Refusal;
import dev.countersign.server.enforcement.EnforcementMode;
import dev.countersign.server.enforcement.EnforcementPolicy;
import dev.countersign.server.enforcement.Verdict;
import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.key.KeysUnavailableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the events of one environment: checks their proofs, then asks the policy. Immutable, thread-safe, no I/O. */
public final class EventJudge {
    private final EnforcementPolicy policy;
    private final EnforcementPolicy strict;
    private final Proofs proofs;

    /**
     * A judge.
     *
     * @param policy the environment's enforcement
     * @param marksInvalid whether an invalid proof is marked, not dropped, in OPTIONAL: then that is judged as OBSERVE is
     * @param proofs the check of its proofs
     */
    public EventJudge(EnforcementPolicy policy, boolean marksInvalid, Proofs proofs) {
        this.policy = marksInvalid && policy.mode() == EnforcementMode.OPTIONAL
                ? new EnforcementPolicy(EnforcementMode.OBSERVE, policy.anonymous())
                : policy;
        this.strict = new EnforcementPolicy(EnforcementMode.STRICT, policy.anonymous());
        this.proofs = proofs;
    }

    /**
     * Judges one event. Where it names a user and a group, the stricter of the two verdicts counts.
     *
     * @param event the event, well-formed
     * @return whether it may be stored
     * @throws KeysUnavailableException when a proof must be checked and no trusted keys are at hand
     */
    public Judgement judge(Event event) {
        if (event.identityToken() != null && event.userId() == null && !proofs.hasAnonymousTokens()) {
            return Judgement.refused(
                    Refusal.invalid("userId is missing, yet there is an identityToken"), null, List.of());
        }
        Checked user = proofs.user(event);
        String groupId = event.groupId();
        Checked group = groupId == null ? null : proofs.group(event, groupId, user);
        Verdict ofUser = ofUser(policy, event, user);
        Verdict verdict = group == null ? ofUser : ofUser.and(policy.judge(group.check()));
        boolean userDecides = verdict.equals(ofUser);
        Checked decides = group == null || userDecides ? user : group;
        String keyId = decides.keyId();
        List<String> provenKeyIds = provenKeyIds(user, group);
        RejectionReason reason = verdict.reason();
        if (!verdict.isAccepted() && reason != null) {
            String message = ReasonText.of(reason, userDecides ? "user" : "group");
            return Judgement.refused(
                    new Refusal(Refusal.Code.IDENTITY_UNVERIFIED, reason.name(), message), keyId, provenKeyIds);
        }
        return new Judgement(
                verdict.outcome(),
                null,
                reason == null ? null : reason.name(),
                verdict.outcome() == Verdict.Outcome.VERIFIED ? null : strictReason(event, user, group),
                keyId,
                provenKeyIds);
    }

    private static Verdict ofUser(EnforcementPolicy policy, Event event, Checked user) {
        return event.userId() == null ? policy.judgeAnonymous(user.check()) : policy.judge(user.check());
    }

    private @Nullable String strictReason(Event event, Checked user, @Nullable Checked group) {
        Verdict ofUser = ofUser(strict, event, user);
        RejectionReason reason = (group == null ? ofUser : ofUser.and(strict.judge(group.check()))).reason();
        return reason == null ? null : reason.name();
    }

    private static List<String> provenKeyIds(Checked user, @Nullable Checked group) {
        VerifiedIdentity ofUser = user.identity();
        VerifiedIdentity ofGroup = group == null ? null : group.identity();
        if (ofUser == null || ofGroup == null) {
            VerifiedIdentity only = ofUser == null ? ofGroup : ofUser;
            return only == null ? List.of() : List.of(only.keyId());
        }
        return ofUser.keyId().equals(ofGroup.keyId())
                ? List.of(ofUser.keyId())
                : List.of(ofUser.keyId(), ofGroup.keyId());
    }
}
