package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.RejectionReason;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.SignedMetadata;
import dev.countersign.client.testkit.SentEvent;
import dev.countersign.client.testkit.TestProofs;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens that name the user, the account or nobody. */
class SignedMetadataTest extends ProofFlowFixture {
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
        assertEquals(0, rig.client.diagnostics().getQueuedEvents());
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
                DeliveryOutcome.Kind.PROOF_REFUSED, rig.heard.rejected.get(0).getKind());
        assertEquals(1, rig.client.diagnostics().getQueuedEvents());
    }

    @Test
    void aPlatformThatWantsNoProofs_getsTheEventSetAside() {
        rig.collector.judge = event -> event.token() == null ? null : "SIGNED_NOT_ENABLED";
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.flush();
        assertEquals(0, rig.client.diagnostics().getQueuedEvents());
        assertEquals(
                RejectionReason.SIGNED_NOT_ENABLED, rig.heard.rejected.get(0).getReason());
    }
}
