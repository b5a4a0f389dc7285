package dev.countersign.server.enforcement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.server.identity.RejectionReason;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("R45")
@Tag("R46")
@Tag("R47")
@Tag("R48")
@Tag("R53")
@Tag("T10")
@Tag("T12")
class EnforcementPolicyTest {
    private static final ProofCheck EXPIRED = ProofCheck.invalid(RejectionReason.EXPIRED);

    @ParameterizedTest
    @CsvSource({
        // mode, no proof, valid proof, invalid proof
        "UNSIGNED_ONLY, ACCEPTED,        DROPPED SIGNED_NOT_ENABLED, DROPPED EXPIRED",
        "OBSERVE,       ACCEPTED,        VERIFIED,                   MARKED_FAILED EXPIRED",
        "OPTIONAL,      ACCEPTED,        VERIFIED,                   DROPPED EXPIRED",
        "STRICT,        DROPPED MISSING, VERIFIED,                   DROPPED EXPIRED",
    })
    void aNamedUser_isJudgedByTheTable(EnforcementMode mode, String none, String valid, String invalid) {
        EnforcementPolicy policy = new EnforcementPolicy(mode, AnonymousPolicy.REJECT);
        assertEquals(none, text(policy.judge(ProofCheck.none())));
        assertEquals(valid, text(policy.judge(ProofCheck.valid())));
        assertEquals(invalid, text(policy.judge(EXPIRED)));
        assertEquals(none, text(policy.judge(ProofCheck.invalid(RejectionReason.MISSING))));
    }

    @ParameterizedTest
    @CsvSource({
        // mode, policy, no token, valid token, invalid token
        "STRICT,        REJECT,        DROPPED MISSING, DROPPED MISSING,            DROPPED EXPIRED",
        "STRICT,        REQUIRE_TOKEN, DROPPED MISSING, ACCEPTED,                   DROPPED EXPIRED",
        "STRICT,        ALLOW,         ACCEPTED,        ACCEPTED,                   DROPPED EXPIRED",
        "OPTIONAL,      REJECT,        ACCEPTED,        ACCEPTED,                   DROPPED EXPIRED",
        "OBSERVE,       REQUIRE_TOKEN, ACCEPTED,        ACCEPTED,                   MARKED_FAILED EXPIRED",
        "UNSIGNED_ONLY, ALLOW,         ACCEPTED,        DROPPED SIGNED_NOT_ENABLED, DROPPED EXPIRED",
    })
    void anAnonymousVisitor_isNeverVerified(
            EnforcementMode mode, AnonymousPolicy anonymous, String none, String valid, String invalid) {
        EnforcementPolicy policy = new EnforcementPolicy(mode, anonymous);
        assertEquals(none, text(policy.judgeAnonymous(ProofCheck.none())));
        assertEquals(valid, text(policy.judgeAnonymous(ProofCheck.valid())));
        assertEquals(invalid, text(policy.judgeAnonymous(EXPIRED)));
    }

    @Test
    void userAndGroupAreJudged_theWorseVerdictHolds() {
        EnforcementPolicy strict = new EnforcementPolicy(EnforcementMode.STRICT, AnonymousPolicy.REJECT);
        Verdict user = strict.judge(ProofCheck.valid());
        Verdict group = strict.judge(ProofCheck.none());
        assertEquals("DROPPED MISSING", text(user.and(group)));
        assertEquals("DROPPED MISSING", text(group.and(user)));

        EnforcementPolicy observe = new EnforcementPolicy(EnforcementMode.OBSERVE, AnonymousPolicy.REJECT);
        assertEquals("ACCEPTED", text(observe.judge(ProofCheck.valid()).and(observe.judge(ProofCheck.none()))));
        assertEquals(
                "MARKED_FAILED EXPIRED", text(observe.judge(ProofCheck.none()).and(observe.judge(EXPIRED))));
    }

    private static String text(Verdict verdict) {
        return verdict.reason() == null ? verdict.outcome().name() : verdict.outcome() + " " + verdict.reason();
    }
}
