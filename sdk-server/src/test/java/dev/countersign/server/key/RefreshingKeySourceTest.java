package dev.countersign.server.key;

import static dev.countersign.server.TestKeys.key;
import static dev.countersign.server.TestKeys.primary;
import static dev.countersign.server.TestKeys.ring;
import static dev.countersign.server.key.KeyStatus.PENDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.identity.VerificationException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a key source loads, refreshes, fails and closes. */
class RefreshingKeySourceTest extends KeySourceFixture {
    @Test
    void theFirstLoadFails_buildFails() {
        failure = new IOException("vault is sealed");
        IOException thrown = assertThrows(
                IOException.class,
                () -> RefreshingKeySource.builder(this::load).scheduler(time).build());
        assertEquals("vault is sealed", thrown.getMessage());
    }

    @Test
    @Tag("R41")
    @Tag("R40")
    @Tag("R86")
    void aMinutePasses_theNewRingIsInUse() {
        stored = ring(2, first, key("k2", PENDING));
        time.advance(Duration.ofSeconds(59));
        assertEquals(1, source.current().version());
        time.advance(Duration.ofSeconds(1));
        assertEquals(2, source.current().version());
        assertEquals(List.of("loaded 1", "loaded 2"), told);
    }

    @Test
    void loadsFail_theLastGoodRingServesUntilMaxStaleAndIsThenNotTrusted() {
        failure = new IOException("disk is gone");
        time.advance(Duration.ofMinutes(15));
        assertSame(first, source.current().primary());
        assertEquals("disk is gone", source.lastFailure());
        assertTrue(told.contains("failed after 60"), told.toString());

        time.advance(Duration.ofNanos(1));
        assertNull(source.current());
        assertThrows(KeysUnavailableException.class, source::signingKey);
        HmacVerifier verifier = HmacVerifier.create(HmacFormat.HEX, source);
        assertThrows(KeysUnavailableException.class, () -> verifier.verifyUser("u_1", "0".repeat(64), "k1"));

        failure = null;
        time.advance(Duration.ofMinutes(1));
        assertSame(first, source.current().primary());
        assertNull(source.lastFailure());
    }

    @Test
    void anOlderVersionIsLoaded_itIsRefusedAndSaid() {
        stored = ring(3, first, key("k2", PENDING));
        time.advance(Duration.ofMinutes(1));
        stored = ring(2, first);
        time.advance(Duration.ofMinutes(1));
        assertEquals(3, source.current().version());
        assertEquals("the loaded ring has version 2, older than version 3 in use", source.lastFailure());
    }

    @Test
    @Tag("T4")
    void aBurstOfUnknownKeys_causesOneEarlyRefreshAndOneAfterThePause() {
        for (int i = 0; i < 1_000; i++) {
            refused(source, "forged-" + i, RejectionReason.UNKNOWN_KEY);
        }
        assertEquals(1, loads);
        time.runDue();
        assertEquals(2, loads);
        time.advance(Duration.ofSeconds(5));
        assertEquals(3, loads);
        time.advance(Duration.ofSeconds(30));
        assertEquals(3, loads);
    }

    @Test
    @Tag("T4")
    void aForgersBurstIsOn_aGenuineNewKeyIsKnownAfterThePauseAtTheLatest() throws Exception {
        SigningKey second = key("k2", PENDING);
        refused(source, "forged", RejectionReason.UNKNOWN_KEY);
        time.runDue();
        stored = ring(2, first, second);
        for (int i = 0; i < 100; i++) {
            refused(source, "forged-" + i, RejectionReason.UNKNOWN_KEY);
        }
        refused(source, "k2", RejectionReason.UNKNOWN_KEY);
        time.advance(Duration.ofSeconds(5));
        assertEquals(List.of(second), source.verifyingKeys("k2"));
    }

    @Test
    @Tag("R88")
    @Tag("T6")
    void aRevocationIsPushed_theNextCallRefusesTheKey() throws Exception {
        SigningKey second = key("k2", PENDING);
        stored = KeyRotation.promote(ring(2, first, second), "k2");
        source.refreshNow();
        time.runDue();
        SignedProof old =
                HmacSigner.create(HmacFormat.HEX, KeySource.of(ring(1, first))).signUser("u_1");
        HmacVerifier verifier = HmacVerifier.create(HmacFormat.HEX, source);
        assertEquals("k1", verifier.verifyUser("u_1", old.value(), old.keyId()).keyId());

        stored = KeyRotation.revoke(stored, "k1");
        CompletableFuture<KeyRing> pushed = source.refreshNow();
        time.runDue();
        assertEquals(4, pushed.join().version());
        VerificationException refusal =
                assertThrows(VerificationException.class, () -> verifier.verifyUser("u_1", old.value(), old.keyId()));
        assertEquals(RejectionReason.REVOKED_KEY, refusal.reason());
        assertEquals("k1", refusal.keyId());
        refusal = assertThrows(VerificationException.class, () -> verifier.verifyUser("u_1", old.value(), null));
        assertEquals(RejectionReason.SIGNATURE_MISMATCH, refusal.reason());
    }

    @Test
    void severalCallersRefreshBeforeTheLoadStarts_theyShareIt() {
        CompletableFuture<KeyRing> one = source.refreshNow();
        CompletableFuture<KeyRing> two = source.refreshNow();
        time.runDue();
        assertEquals(2, loads);
        assertSame(one.join(), two.join());
    }

    @Test
    void aRefreshIsAskedForDuringALoad_anotherLoadFollows() throws IOException {
        List<CompletableFuture<KeyRing>> duringTheLoad = new ArrayList<>();
        RefreshingKeySource[] holder = new RefreshingKeySource[1];
        KeyLoader slow = () -> {
            KeyRing asItWas = stored;
            if (holder[0] != null && duringTheLoad.isEmpty()) {
                stored = ring(2, first);
                duringTheLoad.add(holder[0].refreshNow());
            }
            return asItWas;
        };
        holder[0] = RefreshingKeySource.builder(slow)
                .ticker(time::nanos)
                .scheduler(time)
                .build();
        CompletableFuture<KeyRing> outer = holder[0].refreshNow();
        time.runDue();
        assertEquals(1, outer.join().version());
        assertEquals(2, duringTheLoad.get(0).join().version());
    }

    @Test
    void aRefreshFails_itsFutureSaysWhy() {
        failure = new IOException("no route");
        CompletableFuture<KeyRing> pushed = source.refreshNow();
        time.runDue();
        assertSame(
                failure, assertThrows(CompletionException.class, pushed::join).getCause());
    }

    @Test
    void aFailureHasNoMessage_itsClassIsWhatIsSaid() {
        failure = new IOException((String) null);
        time.advance(Duration.ofMinutes(1));
        assertEquals("java.io.IOException", source.lastFailure());
    }

    @Test
    void theSourceIsClosed_refreshNowFailsAndTheRingServesOn() {
        source.close();
        assertThrows(CompletionException.class, source.refreshNow()::join);
        source.unknownKey("k9");
        assertNotNull(source.current());
    }

    @Test
    void theLoaderLacksAClass_itIsSaidAndTheNextLoadServes() {
        broken = new NoClassDefFoundError("cloud/Sdk");
        CompletableFuture<KeyRing> pushed = source.refreshNow();
        time.runDue();
        assertSame(broken, assertThrows(CompletionException.class, pushed::join).getCause());
        assertEquals("the loader failed with java.lang.NoClassDefFoundError", source.lastFailure());
        broken = null;
        stored = ring(2, first);
        time.advance(Duration.ofMinutes(1));
        assertEquals(2, source.current().version());
        assertNull(source.lastFailure());
    }

    @Test
    void theSourceIsClosedWhileARefreshWaits_itsFutureFails() {
        CompletableFuture<KeyRing> waiting = source.refreshNow();
        source.close();
        assertInstanceOf(
                IllegalStateException.class,
                assertThrows(CompletionException.class, waiting::join).getCause());
    }

    @Test
    void theLoaderReturnsNull_thatIsAFailedLoad() {
        stored = null;
        assertThrows(
                IOException.class,
                () -> RefreshingKeySource.builder(this::load).scheduler(time).build());
        time.advance(Duration.ofMinutes(1));
        assertEquals("the loader returned null; allowed is a ring", source.lastFailure());
        assertSame(first, source.current().primary());
    }

    @Test
    void otherKeysComeUnderTheSameVersion_theyAreUsedAndTold() {
        stored = ring(1, primary("k1"));
        time.advance(Duration.ofMinutes(1));
        assertEquals(List.of("loaded 1", "loaded 1"), told);
        time.advance(Duration.ofMinutes(1));
        assertEquals(List.of("loaded 1", "loaded 1"), told);
    }
}
