package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.RejectionReason;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofRequest;
import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.identity.SignedMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How identified events meet their proofs, and what happens when those are missing, old or refused. */
@Timeout(60)
class ProofFlowTest {
    private final List<ProofRequest> asked = new ArrayList<>();
    /** Which proof of a user the back end hands out now. */
    private int issued = 1;
    /** Which one the collector takes. */
    private volatile int valid = 1;

    private long lifetime;
    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void withProvider() {
        rig.close();
        rig = new Rig(builder -> builder.proofProvider(this::fetch));
        judge();
    }

    private void judge() {
        rig.collector.judge = event -> event.userId() == null
                        || TestProofs.value(event.userId(), valid).equals(event.token())
                ? null
                : "SIGNATURE_MISMATCH";
    }

    private IssuedProof fetch(ProofRequest request) {
        asked.add(request);
        IssuedProof proof = IssuedProof.of(request.userId(), TestProofs.of(request.userId(), issued));
        if (request.groupId() != null) {
            proof = proof.withGroup(request.groupId(), TestProofs.of(request.groupId(), issued));
        }
        return lifetime == 0 ? proof : proof.expiresAt(rig.clock.trueMillis() + lifetime);
    }

    @Test
    @Tag("R22")
    @Tag("R25")
    void identify_sendsTheProofWithEveryEventOfTheUser() {
        judge();
        rig.client.identify(
                "u_1", Attributes.of("plan", "pro"), TestProofs.of("u_1", 1).withKeyName("2026-11"));
        rig.client.track("Invoice Paid");
        rig.flush();
        assertEquals(2, rig.collector.stored().size());
        for (SentEvent event : rig.collector.stored()) {
            assertEquals("u_1", event.userId());
            assertEquals(TestProofs.value("u_1", 1), event.token());
            assertEquals("2026-11", event.text("signingKeyName"));
            assertEquals(rig.client.anonymousId(), event.anonymousId());
        }
    }

    @Test
    @Tag("R78")
    void withoutAProof_anIdentifiedUsersEventsWaitAndTheAppIsTold() {
        rig.client.track("anonymous");
        rig.client.identify("u_1");
        rig.client.track("waits");
        rig.flush();
        rig.pass(2, TimeUnit.HOURS);
        assertEquals(List.of("anonymous"), rig.collector.storedNames());
        assertEquals(1, rig.heard.needed.size());
        assertEquals("u_1", rig.heard.needed.get(0).userId());
        rig.client.updateProof("u_1", TestProofs.of("u_1", 1));
        rig.settle();
        assertEquals(3, rig.collector.stored().size());
    }

    @Test
    void unsigned_sendsWithoutProofUntilTheEnvironmentWantsOne() {
        try (Rig unsigned = new Rig(CountersignBuilder::unsigned)) {
            unsigned.client.identify("u_1");
            unsigned.client.group("acme");
            unsigned.flush();
            assertEquals(2, unsigned.collector.stored().size());
            unsigned.collector.judge = event -> event.token() == null ? "MISSING" : null;
            unsigned.client.track("now enforced");
            unsigned.flush();
            assertEquals(1, unsigned.client.diagnostics().queuedEvents(), "a proof could save it");
            unsigned.client.updateProof("u_1", TestProofs.of("u_1", 1));
            unsigned.settle();
            assertEquals(3, unsigned.collector.stored().size());
        }
    }

    @Test
    @Tag("R80")
    void theProvider_isAskedOnceAndItsProofServesWhatWaits() {
        withProvider();
        rig.client.identify("u_1");
        rig.client.track("a");
        rig.flush();
        assertEquals(2, rig.collector.stored().size());
        assertEquals(1, asked.size());
        assertEquals(Cause.FIRST, asked.get(0).cause());
        assertNull(asked.get(0).groupId());
    }

    @Test
    void aGroup_isProvenBesideTheUserInOneFetch() {
        withProvider();
        rig.client.identify("u_1");
        rig.client.group("acme");
        rig.client.track("a");
        rig.flush();
        assertEquals(3, rig.collector.stored().size());
        assertEquals(1, asked.size(), "one call serves the events with and without the group");
        assertEquals("acme", asked.get(0).groupId());
        for (SentEvent event : rig.collector.stored()) {
            boolean grouped = event.groupId() != null;
            assertEquals(grouped ? TestProofs.value("acme", 1) : null, event.groupToken());
        }
    }

    @Test
    void aGroupGivenBeforeLogIn_staysProvenAfterIt() {
        judge();
        rig.client.group("acme", TestProofs.of("acme", 1));
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.flush();
        assertEquals(2, rig.collector.stored().size());
        assertTrue(rig.collector.stored().stream()
                .allMatch(event -> TestProofs.value("acme", 1).equals(event.groupToken())));
    }

    @Test
    @Tag("R58")
    void aRefusedProof_isReplacedByAFreshOneAndTheSameEventsGoAgain() {
        withProvider();
        rig.client.identify("u_1");
        rig.client.track("a", Attributes.empty(), rig.heard.callback());
        rig.flush();
        valid = 2;
        issued = 2;
        rig.client.track("b", Attributes.empty(), rig.heard.callback());
        rig.client.track("c");
        rig.flush();
        assertEquals(List.of(Cause.FIRST, Cause.REFUSED), causes());
        assertEquals(4, rig.collector.stored().size());
        List<List<SentEvent>> batches = rig.collector.batches;
        assertEquals(ids(batches.get(1)), ids(batches.get(2)), "the same events go again");
        assertEquals(
                List.of("DELIVERED", "PROOF_REFUSED", "DELIVERED"),
                rig.heard.outcomes.stream().map(o -> o.kind().name()).toList());
        assertEquals(
                RejectionReason.SIGNATURE_MISMATCH, rig.heard.outcomes.get(1).reason());
        assertFalse(rig.heard.outcomes.get(1).isFinal());
        assertEquals(0, rig.client.diagnostics().failures(), "a refused proof is no outage");
    }

    @Test
    void anIdenticalRefusedProof_isNotResentInALoop() {
        withProvider();
        valid = 9;
        rig.client.identify("u_1");
        rig.flush();
        rig.pass(14, TimeUnit.MINUTES);
        assertEquals(1, rig.collector.batches.size());
        assertTrue(asked.size() <= 12, asked.size() + " calls of the provider");
        assertTrue(rig.heard.failed.contains("the proof that was refused"));
        issued = 9;
        rig.pass(6, TimeUnit.MINUTES);
        assertEquals(1, rig.collector.stored().size());
    }

    @Test
    void anIdenticalRefusedProof_isTriedOnceMoreAfterAQuarterOfAnHour() {
        withProvider();
        valid = 9; // the collector learns of the back end's key too late
        rig.client.identify("u_1");
        rig.flush();
        rig.pass(10, TimeUnit.MINUTES);
        valid = 1;
        rig.pass(10, TimeUnit.MINUTES);
        assertEquals(1, rig.collector.stored().size());
        assertEquals(2, rig.collector.batches.size());
    }

    @Test
    void twoRefusedProofsInTurn_areNotResentInALoop() {
        withProvider();
        valid = 9;
        rig.client.identify("u_1");
        rig.flush();
        for (int i = 0; i < 13; i++) {
            issued = i % 2 + 1;
            rig.pass(1, TimeUnit.MINUTES);
        }
        assertEquals(2, rig.collector.batches.size());
    }

    @Test
    void aLateRefusalOfAnOldProof_doesNotKillAFreshOne() {
        judge();
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.collector.nextBy(events -> {
            // While the request is under way the app supplies another proof.
            rig.client.updateProof("u_1", TestProofs.of("u_1", 2));
            valid = 2;
            return rig.collector.judged(events);
        });
        rig.flush();
        assertEquals(1, rig.collector.stored().size());
        assertEquals(
                TestProofs.value("u_1", 2),
                rig.collector.stored().iterator().next().token());
        assertEquals(2, rig.collector.batches.size());
    }

    @Test
    void mixedVerdictsOnOneProof_endInAskingForAnother() {
        rig.collector.judge = event -> "odd".equals(event.name()) ? "SIGNATURE_MISMATCH" : null;
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.track("odd");
        rig.client.track("even");
        rig.flush();
        assertEquals(1, rig.collector.batches.size());
        assertEquals(1, rig.client.diagnostics().queuedEvents());
        assertEquals(Cause.REFUSED, rig.heard.needed.get(0).cause());
    }

    @Test
    void aBadProof_doesNotDelayOthersEvents() {
        judge();
        rig.client.identify("u_1", TestProofs.of("u_1", 7));
        rig.client.track("bad");
        rig.client.clearSession();
        rig.client.identify("u_2", TestProofs.of("u_2", 1));
        for (int i = 0; i < 30; i++) {
            rig.client.track("good" + i);
        }
        rig.settle();
        assertEquals(31, rig.collector.stored().size());
        assertEquals(2, rig.client.diagnostics().queuedEvents());
        assertEquals("u_1", rig.heard.needed.get(0).userId(), "only the user's return can help");
    }

    @Test
    void aProofNearItsEnd_isRenewedAheadWithoutARefusal() {
        lifetime = TimeUnit.MINUTES.toMillis(15);
        withProvider();
        rig.collector.date = 0;
        rig.client.identify("u_1");
        rig.flush();
        rig.pass(13, TimeUnit.MINUTES);
        assertEquals(1, asked.size());
        rig.pass(119, TimeUnit.SECONDS);
        assertEquals(List.of(Cause.FIRST, Cause.EXPIRING), causes());
        rig.pass(1, TimeUnit.HOURS);
        assertEquals(2, asked.size(), "an unused proof is not renewed");
    }

    @Test
    void anExpiredProof_isReplacedBeforeAnythingIsSent() {
        lifetime = TimeUnit.MINUTES.toMillis(15);
        withProvider();
        rig.client.identify("u_1");
        rig.flush();
        valid = 2;
        issued = 2;
        rig.clock.advance(TimeUnit.HOURS.toMillis(3));
        rig.client.track("after a long sleep");
        rig.flush();
        assertEquals(2, rig.collector.stored().size());
        assertEquals(2, rig.collector.batches.size(), "no refusal");
        assertEquals(0, rig.heard.rejected.size());
    }

    @Test
    void aWrongDeviceClock_neitherThrowsNorStorms() {
        lifetime = TimeUnit.MINUTES.toMillis(15);
        withProvider();
        rig.clock.setWallWrongBy(TimeUnit.DAYS.toMillis(3650));
        rig.collector.date = rig.clock.trueMillis();
        rig.client.identify("u_1");
        rig.flush();
        assertEquals(1, rig.collector.stored().size());
        rig.client.track("a");
        rig.flush();
        assertEquals(2, rig.collector.stored().size());
        assertTrue(asked.size() <= 2, asked.size() + " calls of the provider");
    }

    @Test
    void theAppFlushesAfterTheProviderFailed_itIsAskedAtOnceAndEventsGo() {
        boolean[] reachable = {false};
        rig.close();
        rig = new Rig(builder -> builder.proofProvider(request -> {
            if (!reachable[0]) {
                throw new IOException("no network");
            }
            return IssuedProof.of(request.userId(), TestProofs.of(request.userId(), 1));
        }));
        rig.client.identify("u_1");
        rig.pass(5, TimeUnit.MINUTES);
        assertEquals(0, rig.collector.stored().size());

        reachable[0] = true;
        rig.settle();
        assertEquals(0, rig.collector.stored().size());
        rig.flush();
        assertEquals(1, rig.collector.stored().size());
    }

    @Test
    void aProviderThatFails_isAskedEverMoreRarelyAndNothingIsSentUnproven() {
        rig.close();
        int[] calls = {0};
        rig = new Rig(builder -> builder.proofProvider(request -> {
            switch (calls[0]++ % 4) {
                case 0:
                    throw new IOException("proof hmac_v1:secret-looking text");
                case 1:
                    return null;
                case 2:
                    return IssuedProof.of("somebody else", TestProofs.of("u_1", 1));
                default:
                    return IssuedProof.of(request.userId(), TestProofs.of("u_1", 1))
                            .expiresAt(rig.clock.trueMillis() - 1);
            }
        }));
        rig.collector.date = ManualClock.START;
        rig.client.track("tells the time");
        rig.client.identify("u_1");
        rig.flush();
        rig.pass(1, TimeUnit.HOURS);
        assertEquals(List.of("tells the time"), rig.collector.storedNames());
        assertTrue(calls[0] >= 10 && calls[0] <= 45, calls[0] + " calls in an hour");
        assertEquals(
                List.of(
                        "the provider threw java.io.IOException",
                        "nobody is logged in",
                        "a proof of another user",
                        "a proof that has expired already"),
                rig.heard.failed.subList(0, 4));
        assertFalse(rig.heard.log.toString().contains("secret-looking"));
    }

    @Test
    void aProviderThatHangs_isCutOffAfterThirtySecondsAndItsAnswerNoLongerCounts() {
        withProvider();
        rig.holdFetches();
        rig.client.identify("u_1");
        rig.flush();
        Runnable hanging = rig.fetches.remove();
        rig.pass(31, TimeUnit.SECONDS);
        assertEquals(List.of("no answer within 30 s"), rig.heard.failed);
        hanging.run();
        rig.settle();
        assertEquals(0, rig.collector.batches.size());
        rig.pass(5, TimeUnit.SECONDS);
        rig.fetch();
        rig.settle();
        assertEquals(1, rig.collector.stored().size());
    }

    @Test
    void sustainedTraffic_doesNotKeepAProofFromBeingRenewedAhead() {
        lifetime = TimeUnit.MINUTES.toMillis(15);
        withProvider();
        rig.client.identify("u_1");
        rig.flush();
        AtomicInteger askedDuringRequests = new AtomicInteger();
        for (int i = 0; i < 15; i++) { // one look of the delivery thread that never comes to an end
            rig.collector.nextBy(events -> {
                askedDuringRequests.set(rig.fetches.size());
                rig.clock.advance(TimeUnit.SECONDS.toMillis(59));
                for (int n = 0; n < 20; n++) {
                    rig.client.track("more");
                }
                return rig.collector.judged(events);
            });
        }
        rig.client.track("first");
        rig.client.flush();
        rig.step();
        assertEquals(1, askedDuringRequests.get());
    }

    @Test
    void shortLivedProofs_stayWithinTheBudget() {
        lifetime = 100;
        withProvider();
        rig.collector.date = 0;
        rig.client.identify("u_1");
        for (int i = 0; i < 200; i++) {
            rig.client.track("e" + i);
            rig.client.flush();
            rig.pass(500, TimeUnit.MILLISECONDS);
        }
        assertTrue(asked.size() <= 81, asked.size() + " calls of the provider in 100 s");
        assertTrue(asked.size() >= 70, asked.size() + " calls of the provider in 100 s");
    }

    @Test
    @Tag("R73")
    @Tag("R74")
    void signedMetadata_carriesWhomItNamesAndCoversItsAccount() {
        String jwt = TestProofs.jwt("{\"visitor\":{\"id\":\"u_1\"},\"account\":{\"id\":\"acme\"},\"nonce\":\"n\"}");
        rig.client.track("before");
        rig.client.initialize(new SignedMetadata(jwt, "key-1"));
        rig.client.track("after");
        rig.flush();
        List<SentEvent> events = List.copyOf(rig.collector.stored());
        assertNull(events.get(0).userId());
        for (SentEvent event : events.subList(1, 3)) {
            assertEquals("u_1", event.userId());
            assertEquals("acme", event.groupId());
            assertEquals(jwt, event.token());
            assertEquals("key-1", event.text("signingKeyName"));
            assertNull(event.groupToken(), "one token covers both");
        }
        assertEquals("initialize", events.get(1).type());
        assertEquals(events.get(0).anonymousId(), events.get(1).anonymousId());
    }

    @Test
    @Tag("R12")
    void anAnonymousToken_goesWithAnonymousEventsAndUpdateOptionsNamesTheUser() {
        String anonymous = TestProofs.jwt("{\"visitor\":{\"id\":\"\"},\"nonce\":\"n\"}");
        String named = TestProofs.jwt("{\"sub\":\"u_1\"}");
        rig.client.initialize(new SignedMetadata(anonymous, "k"));
        rig.client.track("a");
        rig.flush();
        rig.client.updateOptions(new SignedMetadata(named, "k"));
        rig.flush();
        List<SentEvent> events = List.copyOf(rig.collector.stored());
        assertEquals(
                List.of(anonymous, anonymous, named),
                events.stream().map(SentEvent::token).toList());
        assertEquals("identify", events.get(2).type());
        assertThrows(
                IllegalArgumentException.class,
                () -> rig.client.updateOptions(new SignedMetadata(anonymous, "k")),
                "an anonymous token says nothing about a user");
    }

    @Test
    void aTokenAboutTheVisitorAlone_leavesTheAccountProvenByTheOneBefore() {
        String both = TestProofs.jwt("{\"visitor\":{\"id\":\"u_1\"},\"account\":{\"id\":\"acme\"},\"nonce\":\"n\"}");
        String visitor = TestProofs.jwt("{\"visitor\":{\"id\":\"u_1\",\"role\":\"admin\"},\"nonce\":\"n\"}");
        rig.client.initialize(new SignedMetadata(both, "k"));
        rig.client.updateOptions(new SignedMetadata(visitor, "k"));
        rig.client.track("a");
        rig.flush();
        SentEvent last = rig.collector.sent().get(2);
        assertEquals(visitor, last.token());
        assertEquals(both, last.groupToken());
        assertEquals("k", last.text("signingKeyName"));
    }

    @Test
    void aVisitorWithAGroupsProof_isSetAsideWhereUsersMustBeProven() {
        rig.collector.judge = event -> event.token() == null ? "MISSING" : null;
        rig.client.group("acme", TestProofs.of("acme", 1));
        rig.flush();
        assertEquals(0, rig.client.diagnostics().queuedEvents());
        assertTrue(rig.heard.rejected.get(0).isFinal());
    }

    @Test
    void anotherUsersJwt_isRefusedAtOnceAndChangesNothing() {
        IdentityProof other = IdentityProof.jwt(TestProofs.jwt("{\"sub\":\"u_2\"}"), null);
        assertThrows(IllegalArgumentException.class, () -> rig.client.identify("u_1", other));
        rig.client.track("a");
        rig.flush();
        assertNull(rig.collector.stored().iterator().next().userId());
    }

    @Test
    void anExpiredJwtWithoutAProvider_isLeftToTheCollector() {
        IdentityProof old = IdentityProof.jwt(TestProofs.jwt("{\"sub\":\"u_1\",\"exp\":1000}"), null);
        rig.collector.judge = event -> "EXPIRED";
        rig.client.identify("u_1", old);
        rig.flush();
        rig.pass(10, TimeUnit.MINUTES);
        assertEquals(1, rig.collector.batches.size());
        assertEquals(
                DeliveryOutcome.Kind.PROOF_REFUSED, rig.heard.rejected.get(0).kind());
        assertEquals(1, rig.client.diagnostics().queuedEvents());
    }

    @Test
    void aPlatformThatWantsNoProofs_getsTheEventSetAside() {
        rig.collector.judge = event -> event.token() == null ? null : "SIGNED_NOT_ENABLED";
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.flush();
        assertEquals(0, rig.client.diagnostics().queuedEvents());
        assertEquals(
                RejectionReason.SIGNED_NOT_ENABLED, rig.heard.rejected.get(0).reason());
    }

    private List<Cause> causes() {
        return asked.stream().map(ProofRequest::cause).toList();
    }

    private static List<String> ids(List<SentEvent> events) {
        return events.stream().map(SentEvent::id).toList();
    }
}
