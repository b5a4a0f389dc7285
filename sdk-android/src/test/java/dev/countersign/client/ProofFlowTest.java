package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.RejectionReason;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.testkit.SentEvent;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How identified events meet their proofs, and what happens when those are missing, old or refused. */
class ProofFlowTest extends ProofFlowFixture {
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
            assertEquals(rig.client.getAnonymousId(), event.anonymousId());
        }
    }

    @Test
    @Tag("R19")
    void aSignature_isAnOptionOfIdentifyAndOfGroup() {
        IdentityProof user = IdentityProof.signature("0123456789abcdef".repeat(4));
        IdentityProof group = IdentityProof.signature("fedcba9876543210".repeat(4));
        rig.client.identify("u_1", Attributes.of("plan", "pro"), user);
        rig.client.group("acme", Attributes.of("seats", 5), group);
        rig.flush();
        assertEquals(2, rig.collector.stored().size());
        for (SentEvent event : rig.collector.stored()) {
            assertEquals(user.value(), event.token());
        }
        assertEquals(group.value(), rig.collector.sent().get(1).groupToken());
    }

    @Test
    @Tag("R78")
    @Tag("T26")
    void withoutAProof_anIdentifiedUsersEventsWaitAndTheAppIsTold() {
        rig.client.track("anonymous");
        rig.client.identify("u_1");
        rig.client.track("waits");
        rig.flush();
        rig.pass(2, TimeUnit.HOURS);
        assertEquals(List.of("anonymous"), rig.collector.storedNames());
        assertEquals(1, rig.heard.needed.size());
        assertEquals("u_1", rig.heard.needed.get(0).getUserId());
        rig.client.updateProof("u_1", TestProofs.of("u_1", 1));
        rig.settle();
        assertEquals(3, rig.collector.stored().size());
    }

    @Test
    void unsigned_sendsWithoutProofUntilTheEnvironmentWantsOne() {
        try (TestClient unsigned = TestClient.overHttp(CountersignBuilder::unsigned)) {
            unsigned.client.identify("u_1");
            unsigned.client.group("acme");
            unsigned.flush();
            assertEquals(2, unsigned.collector.stored().size());
            unsigned.collector.judge = event -> event.token() == null ? "MISSING" : null;
            unsigned.client.track("now enforced");
            unsigned.flush();
            assertEquals(1, unsigned.client.diagnostics().getQueuedEvents(), "a proof could save it");
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
        assertEquals(Cause.FIRST, asked.get(0).getCause());
        assertNull(asked.get(0).getGroupId());
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
        assertEquals("acme", asked.get(0).getGroupId());
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
    @Tag("R64")
    @Tag("T26")
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
                rig.heard.outcomes.stream().map(o -> o.getKind().name()).toList());
        assertEquals(
                RejectionReason.SIGNATURE_MISMATCH, rig.heard.outcomes.get(1).getReason());
        assertFalse(rig.heard.outcomes.get(1).isFinal());
        assertEquals(0, rig.client.diagnostics().getFailures(), "a refused proof is no outage");
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
        assertEquals(1, rig.client.diagnostics().getQueuedEvents());
        assertEquals(Cause.REFUSED, rig.heard.needed.get(0).getCause());
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
        assertEquals(2, rig.client.diagnostics().getQueuedEvents());
        assertEquals("u_1", rig.heard.needed.get(0).getUserId(), "only the user's return can help");
    }
}
