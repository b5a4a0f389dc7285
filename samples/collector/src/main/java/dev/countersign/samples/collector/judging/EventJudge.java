package dev.countersign.samples.collector.judging;

import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.samples.collector.event.Refusal;
import dev.countersign.server.enforcement.EnforcementPolicy;
import dev.countersign.server.enforcement.Verdict;
import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.key.KeysUnavailableException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges the events of one environment: checks their proofs, then asks the policy. Immutable, thread-safe, no I/O. */
public final class EventJudge {
    private final EnforcementPolicy policy;
    private final Proofs proofs;

    /**
     * A judge.
     *
     * @param policy the environment's enforcement
     * @param proofs the check of its proofs
     */
    public EventJudge(EnforcementPolicy policy, Proofs proofs) {
        this.policy = policy;
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
                    Refusal.invalid("userId is missing, yet there is an identityToken"), null, Set.of());
        }
        Checked user = proofs.user(event);
        Verdict ofUser = event.userId() == null ? policy.judgeAnonymous(user.check()) : policy.judge(user.check());
        if (event.groupId() == null) {
            return judgement("user", ofUser, user.keyId(), provenKeyIds(user, user));
        }
        Checked group = proofs.group(event, event.groupId(), user);
        Verdict both = ofUser.and(policy.judge(group.check()));
        boolean userDecides = both.equals(ofUser);
        return judgement(
                userDecides ? "user" : "group",
                both,
                userDecides ? user.keyId() : group.keyId(),
                provenKeyIds(user, group));
    }

    private static Set<String> provenKeyIds(Checked user, Checked group) {
        return Stream.of(user, group)
                .flatMap(checked -> Stream.ofNullable(checked.identity()))
                .map(VerifiedIdentity::keyId)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Judgement judgement(String of, Verdict verdict, @Nullable String keyId, Set<String> provenKeyIds) {
        RejectionReason reason = verdict.reason();
        if (verdict.isAccepted() || reason == null) {
            return new Judgement(verdict.outcome(), null, reason == null ? null : reason.name(), keyId, provenKeyIds);
        }
        return Judgement.refused(
                new Refusal(Refusal.Code.IDENTITY_UNVERIFIED, reason.name(), ReasonText.of(reason, of)),
                keyId,
                provenKeyIds);
    }
}
