package dev.countersign.server.key;

import static dev.countersign.server.TestKeys.key;
import static dev.countersign.server.TestKeys.primary;
import static dev.countersign.server.TestKeys.ring;
import static dev.countersign.server.key.KeyStatus.PENDING;
import static dev.countersign.server.key.KeyStatus.RETIRING;
import static dev.countersign.server.key.KeyStatus.REVOKED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.server.key.KeyRotationException.Rule;
import dev.countersign.server.key.RotationAdvice.Facts;
import dev.countersign.server.key.RotationAdvice.Step;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class KeyRotationTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final KeyRing one = ring(7, primary("k1"));

    @Test
    @Tag("R84")
    @Tag("T3")
    void aRotation_goesThroughItsStatusesOneVersionAtATime() {
        KeyRing added = KeyRotation.add(one, "k2", Secret.of(Secret.generateText()));
        assertEquals(8, added.version());
        assertEquals("k1", added.primary().id());
        assertEquals(PENDING, added.find("k2").status());

        KeyRing promoted = KeyRotation.promote(added, "k2");
        assertEquals(9, promoted.version());
        assertEquals("k2", promoted.primary().id());
        assertEquals(RETIRING, promoted.find("k1").status());

        KeyRing revoked = KeyRotation.revoke(promoted, "k1");
        assertEquals(10, revoked.version());
        assertEquals(REVOKED, revoked.find("k1").status());
        assertEquals(1, revoked.activeKeys().size());
        assertThrows(IllegalStateException.class, revoked.find("k1")::secret);
        assertEquals("k1 PRIMARY", one.find("k1").toString());
    }

    @Test
    void aRetiringKeyIsPromoted_theRotationIsRolledBack() {
        KeyRing promoted = KeyRotation.promote(ring(1, primary("k1"), key("k2", PENDING)), "k2");
        KeyRing back = KeyRotation.promote(promoted, "k1");
        assertEquals("k1", back.primary().id());
        assertEquals(RETIRING, back.find("k2").status());
    }

    @Test
    void aPendingKeyRetires_andNoOther() {
        KeyRing ring = ring(1, primary("k1"), key("k2", PENDING));
        KeyRing retired = KeyRotation.retire(ring, "k2");
        assertEquals(RETIRING, retired.find("k2").status());
        refused(Rule.WRONG_STATUS, () -> KeyRotation.retire(retired, "k2"));
        refused(Rule.PRIMARY_KEY, () -> KeyRotation.retire(ring, "k1"));
    }

    @Test
    @Tag("R30")
    void aSixthActiveKey_isRefused() {
        KeyRing ring = one;
        for (int i = 2; i <= 5; i++) {
            ring = KeyRotation.add(ring, "k" + i, Secret.of(Secret.generateText()));
        }
        KeyRing full = ring;
        refused(Rule.KEY_LIMIT, () -> KeyRotation.add(full, "k6", Secret.of(Secret.generateText())));
        KeyRing roomier = KeyRotation.revoke(full, "k5");
        assertEquals(
                5,
                KeyRotation.add(roomier, "k6", Secret.of(Secret.generateText()))
                        .activeKeys()
                        .size());
    }

    @Test
    @Tag("R32")
    void aRevokedKey_staysRevokedAndItsIdIsNeverUsedAgain() {
        KeyRing ring = KeyRotation.revoke(ring(1, primary("k1"), key("k2", PENDING)), "k2");
        refused(Rule.REVOKED_KEY, () -> KeyRotation.promote(ring, "k2"));
        refused(Rule.REVOKED_KEY, () -> KeyRotation.revoke(ring, "k2"));
        refused(Rule.DUPLICATE_KEY, () -> KeyRotation.add(ring, "k2", Secret.of(Secret.generateText())));
    }

    @Test
    void thePrimary_isNotRevokedNorPromotedAgain() {
        refused(Rule.PRIMARY_KEY, () -> KeyRotation.revoke(one, "k1"));
        refused(Rule.PRIMARY_KEY, () -> KeyRotation.promote(one, "k1"));
        refused(Rule.UNKNOWN_KEY, () -> KeyRotation.promote(one, "k9"));
    }

    @Test
    @Tag("R88")
    void thePrimaryLeaks_emergencyRevokePromotesAReplacementInOneStep() {
        KeyRing ring = ring(1, primary("k1"), key("k2", PENDING));
        KeyRing safe = KeyRotation.emergencyRevoke(ring, "k1", "k2");
        assertEquals(2, safe.version());
        assertEquals("k2", safe.primary().id());
        assertEquals(REVOKED, safe.find("k1").status());
        refused(Rule.PRIMARY_KEY, () -> KeyRotation.emergencyRevoke(ring, "k1", "k1"));
        refused(Rule.UNKNOWN_KEY, () -> KeyRotation.emergencyRevoke(ring, "k1", "k9"));
    }

    @Test
    @Tag("R88")
    void thePrimaryLeaksWhileFiveKeysAreActive_aNewKeyTakesItsPlace() {
        KeyRing full = one;
        for (int i = 2; i <= 5; i++) {
            full = KeyRotation.add(full, "k" + i, Secret.of(Secret.generateText()));
        }
        KeyRing ring = full;
        KeyRing safe = KeyRotation.emergencyRevoke(ring, "k1", "k6", Secret.of(Secret.generateText()));
        assertEquals("k6", safe.primary().id());
        assertEquals(REVOKED, safe.find("k1").status());
        assertEquals(5, safe.activeKeys().size());
        refused(
                Rule.DUPLICATE_KEY,
                () -> KeyRotation.emergencyRevoke(ring, "k1", "k2", Secret.of(Secret.generateText())));
    }

    @Test
    void anotherKeyThanThePrimaryLeaks_aPlainRevokeIsAskedFor() {
        KeyRing ring = ring(1, primary("k1"), key("k2", RETIRING));
        refused(Rule.WRONG_STATUS, () -> KeyRotation.emergencyRevoke(ring, "k2", "k1"));
        assertEquals("k1", KeyRotation.revoke(ring, "k2").primary().id());
    }

    @Test
    void adviceIsAskedForNegativeTimes_theyAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Facts(null, null, null, Duration.ofMinutes(-15), Duration.ofSeconds(20)));
    }

    @Test
    @Tag("R85")
    void nothingIsUnderWay_theAdviceIsToAddAKey() {
        assertEquals(Step.ADD, RotationAdvice.next(one, facts(null, null, null)).step());
    }

    @Test
    void aKeyIsPending_promotionIsSafeOnceItIsRolledOut() {
        KeyRing ring = ring(1, primary("k1"), key("k2", PENDING));
        RotationAdvice early = RotationAdvice.next(ring, facts(null, null, null));
        assertEquals(Step.PROMOTE, early.step());
        assertNull(early.notBefore());
        assertEquals("not every verifier and back end is known to hold key k2 yet", early.why());
        assertEquals(NOON, RotationAdvice.next(ring, facts(NOON, null, null)).notBefore());
    }

    @Test
    @Tag("R84")
    void aKeyIsRetiring_revocationIsSafeALifetimeAndAMarginAfterTheLastSwitch() {
        KeyRing ring = ring(1, primary("k2"), key("k1", RETIRING));
        assertNull(RotationAdvice.next(ring, facts(NOON, null, NOON)).notBefore());
        RotationAdvice advice = RotationAdvice.next(ring, facts(NOON, NOON, NOON));
        assertEquals(Step.REVOKE, advice.step());
        assertEquals("k1", advice.keyId());
        assertEquals(Instant.parse("2026-11-20T12:15:20Z"), advice.notBefore());
    }

    @Test
    void aRetiringKeyStillHasTraffic_revocationWaitsForIt() {
        KeyRing ring = ring(1, primary("k2"), key("k1", RETIRING));
        Instant late = NOON.plus(Duration.ofHours(1));
        assertEquals(
                late.plusSeconds(20),
                RotationAdvice.next(ring, facts(NOON, NOON, late)).notBefore());
    }

    private static Facts facts(Instant rolledOutAt, Instant switchedAt, Instant lastSeen) {
        return new Facts(rolledOutAt, switchedAt, lastSeen, Duration.ofMinutes(15), Duration.ofSeconds(20));
    }

    private static void refused(Rule rule, Executable step) {
        assertEquals(rule, assertThrows(KeyRotationException.class, step).rule());
    }
}
