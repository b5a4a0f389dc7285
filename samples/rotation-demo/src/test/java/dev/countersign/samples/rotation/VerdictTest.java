package dev.countersign.samples.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.rotation.Verdict.Evidence;
import dev.countersign.samples.rotation.account.ClientAccount;
import dev.countersign.samples.rotation.account.ForgerAccount;
import dev.countersign.samples.rotation.ledger.LedgerComparison.Findings;
import dev.countersign.samples.rotation.ledger.RotationResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Findings CLEAN = new Findings(20_000, 20_000, 0, 0, 0, 0, 0);
    private static final ClientAccount CONTENT = new ClientAccount(20_000, 20_020, Map.of(), 0, 0);
    private static final ForgerAccount REFUSED =
            new ForgerAccount(Map.of("RANDOM_HEX", Map.of("SIGNATURE_MISMATCH", 300L)));
    private static final Map<String, Long> COLLECTOR = Map.of("SIGNATURE_MISMATCH", 300L);

    @Test
    @Tag("R84")
    void nothingWrong_isOk() {
        RotationResult result = Verdict.of(evidence(CLEAN, CONTENT, REFUSED, COLLECTOR, Set.of("STRICT"), 3));
        assertTrue(result.isOk());
        assertEquals(
                "ROTATION OK tracked=20000 stored=20000 rejected=0 lost=0 duplicates=0 mode=STRICT rotations=3"
                        + " forged_sent=300 forged_accepted=0",
                result.line());
    }

    @Test
    void aRefusalThatAClientSaw_fails() {
        ClientAccount refused = new ClientAccount(20_000, 20_020, Map.of("REVOKED_KEY", 4L), 0, 0);
        RotationResult result = Verdict.of(evidence(
                CLEAN, refused, REFUSED, Map.of("SIGNATURE_MISMATCH", 300L, "REVOKED_KEY", 4L), Set.of("STRICT"), 3));
        assertEquals(
                "ROTATION FAILED tracked=20000 stored=20000 rejected=4 lost=0 duplicates=0 mode=STRICT rotations=3"
                        + " forged_sent=300 forged_accepted=0 because=4 events refused",
                result.line());
    }

    @Test
    void aRefusalThatOnlyTheCollectorCounted_fails() {
        RotationResult result =
                Verdict.of(evidence(CLEAN, CONTENT, REFUSED, Map.of("SIGNATURE_MISMATCH", 307L), Set.of("STRICT"), 3));
        assertEquals(7, result.rejected());
        assertFalse(result.isOk());
    }

    @Test
    void eachFaultOfTheLedgers_fails() {
        assertFails(new Findings(20_000, 19_999, 1, 0, 0, 0, 0), "1 events lost");
        assertFails(new Findings(20_000, 20_001, 0, 1, 0, 0, 0), "1 events stored twice");
        assertFails(new Findings(20_000, 20_000, 0, 0, 1, 0, 0), "1 events stored under another user or environment");
        assertFails(new Findings(20_000, 20_000, 0, 0, 0, 1, 0), "1 events stored unverified");
        assertFails(new Findings(20_000, 20_000, 0, 0, 0, 0, 1), "1 events accepted from the forger");
        assertFails(new Findings(9_999, 9_999, 0, 0, 0, 0, 0), "only 9999 events were tracked, 10000 are the least");
    }

    @Test
    @Tag("T5")
    void aModeOtherThanStrict_evenForAMoment_fails() {
        RotationResult result =
                Verdict.of(evidence(CLEAN, CONTENT, REFUSED, COLLECTOR, Set.of("STRICT", "OPTIONAL"), 3));
        assertEquals(List.of("the mode was not STRICT throughout"), result.reasons());
    }

    @Test
    void anAcceptedForgery_anIdleForger_aMissingRotation_andADroppedEvent_fail() {
        ForgerAccount accepted =
                new ForgerAccount(Map.of("ANONYMOUS", Map.of(ForgerAccount.ACCEPTED, 2L, "MISSING", 5L)));
        assertEquals(
                List.of("2 events accepted from the forger"),
                Verdict.of(evidence(CLEAN, CONTENT, accepted, Map.of(), Set.of("STRICT"), 3))
                        .reasons());
        assertEquals(
                List.of("the forger sent nothing"),
                Verdict.of(evidence(CLEAN, CONTENT, ForgerAccount.empty(), Map.of(), Set.of("STRICT"), 3))
                        .reasons());
        assertEquals(
                List.of("2 of 3 rotations"),
                Verdict.of(evidence(CLEAN, CONTENT, REFUSED, COLLECTOR, Set.of("STRICT"), 2))
                        .reasons());
        ClientAccount dropped = new ClientAccount(20_000, 20_020, Map.of(), 5, 0);
        assertEquals(
                List.of("5 events dropped by clients"),
                Verdict.of(evidence(CLEAN, dropped, REFUSED, COLLECTOR, Set.of("STRICT"), 3))
                        .reasons());
    }

    @Test
    void aForgerWhoIsNotHeard_provesNothing() {
        ForgerAccount unheard = new ForgerAccount(Map.of(
                "RANDOM_HEX", Map.of("SIGNATURE_MISMATCH", 98L, ForgerAccount.UNANSWERED, 2L),
                "ALG_NONE", Map.of(ForgerAccount.UNANSWERED, 1L)));
        assertEquals(
                List.of("no forgery ALG_NONE was refused", "3 forged events got no answer"),
                Verdict.of(evidence(CLEAN, CONTENT, unheard, Map.of("SIGNATURE_MISMATCH", 98L), Set.of("STRICT"), 3))
                        .reasons());
    }

    private static void assertFails(Findings findings, String reason) {
        RotationResult result = Verdict.of(evidence(findings, CONTENT, REFUSED, COLLECTOR, Set.of("STRICT"), 3));
        assertEquals(List.of(reason), result.reasons());
    }

    private static Evidence evidence(
            Findings findings,
            ClientAccount clients,
            ForgerAccount forger,
            Map<String, Long> collector,
            Set<String> modes,
            int rotations) {
        return new Evidence(findings, clients, forger, collector, modes, rotations, List.of());
    }
}
