package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofRequest;
import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.identity.SignedMetadata;
import dev.countersign.client.testkit.ManualClock;
import dev.countersign.client.testkit.SentEvent;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A group's proof beside its user's: whose it may be, how long it serves, and whom it never holds up. */
@Timeout(60)
class GroupProofTest {
    private final List<ProofRequest> asked = new ArrayList<>();
    private TestClient rig = TestClient.overHttp();

    @AfterEach
    void close() {
        rig.close();
    }

    private void withProvider() {
        rig.close();
        rig = TestClient.overHttp(builder -> builder.proofProvider(request -> {
            asked.add(request);
            IssuedProof proof = IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), 1));
            String group = request.getGroupId();
            return group == null ? proof : proof.withGroup(group, account(group, rig.clock.trueMillis() + 300_000));
        }));
    }

    private static IdentityProof account(String group, long expiresAt) {
        String payload = "{\"account\":{\"id\":\"" + group + "\"},\"exp\":" + expiresAt / 1000 + "}";
        return IdentityProof.jwt(TestProofs.jwt(payload), null);
    }

    @Test
    void oneGroupsRefusedProof_leavesTheUsersOtherEventsSendableAfterLogOut() {
        rig.collector.judge =
                event -> TestProofs.value("bad", 9).equals(event.groupToken()) ? "SIGNATURE_MISMATCH" : null;
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.group("bad", TestProofs.of("bad", 9));
        rig.client.group("good", TestProofs.of("good", 1));
        for (int i = 0; i < 600; i++) {
            rig.client.track("e" + i);
        }
        rig.client.clearSession();
        rig.settle();
        rig.pass(2, TimeUnit.HOURS);
        assertEquals(602, rig.collector.stored().size());
        assertEquals(1, rig.client.diagnostics().getQueuedEvents(), "only the bad group's event waits");
        assertEquals(1, rig.heard.rejected.size(), "a proof that served its last is not tried twice");
    }

    @Test
    void oneFetchForUserAndGroup_isEnoughWhileDeliveryBacksOff() {
        withProvider();
        rig.client.track("anonymous");
        rig.client.identify("u_1");
        rig.client.group("acme");
        rig.collector.next(new MockResponse().setResponseCode(503).setHeader("Retry-After", "240"));
        rig.flush();
        rig.pass(4, TimeUnit.MINUTES);
        assertEquals(1, asked.size());
        rig.pass(1, TimeUnit.MINUTES);
        assertEquals(3, rig.collector.stored().size());
    }

    @Test
    void anotherUsersJwt_isNoProofOfTheGroup() {
        String jwt = TestProofs.jwt("{\"sub\":\"u_2\",\"account\":{\"id\":\"acme\"}}");
        IdentityProof other = IdentityProof.jwt(jwt, null);
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        Exception e = assertThrows(IllegalArgumentException.class, () -> rig.client.group("acme", other));
        assertEquals("proof: the JWT names another user, allowed is the group member's or none", e.getMessage());
        IssuedProof issued = IssuedProof.of("u_1", TestProofs.of("u_1", 1));
        Exception i = assertThrows(IllegalArgumentException.class, () -> issued.withGroup("acme", other));
        assertEquals("proof: the JWT names another user, allowed is the group member's or none", i.getMessage());
        rig.client.track("a");
        rig.flush();
        assertEquals(2, rig.collector.stored().size());
        assertTrue(
                rig.collector.sent().stream().allMatch(event -> event.groupId() == null), "the session is as before");
    }

    @Test
    void theUsersOwnJwt_mayProveTheGroup() {
        String jwt = TestProofs.jwt("{\"sub\":\"u_1\",\"account\":{\"id\":\"acme\"}}");
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.group("acme", IdentityProof.jwt(jwt, null));
        rig.flush();
        assertEquals(jwt, rig.collector.sent().get(1).groupToken());
    }

    @Test
    void aGroupsProofThatEndsBeforeTheUsers_isRenewedAhead() {
        withProvider();
        rig.collector.judge = event -> {
            String token = event.groupToken();
            boolean over = token != null && IdentityProof.jwt(token, null).expiresAt() <= rig.clock.trueMillis();
            return over ? "EXPIRED" : null;
        };
        rig.client.identify("u_1");
        rig.client.group("acme");
        rig.flush();
        for (int minute = 0; minute < 20; minute++) {
            rig.pass(1, TimeUnit.MINUTES);
            rig.client.track("x");
            rig.flush();
        }
        assertEquals(List.of(), rig.heard.rejected);
        assertEquals(Cause.EXPIRING, asked.get(1).getCause());
        assertTrue(asked.size() <= 6, asked.size() + " calls of the provider");
    }

    @Test
    void aGroupsProofThatEndsAfterLogOut_leavesTheUsersOtherEventsSendable() {
        rig.collector.date = ManualClock.START;
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.flush();
        rig.client.track("without a group");
        rig.client.group("acme", account("acme", rig.clock.trueMillis() + 60_000));
        rig.clock.advance(61_000);
        rig.collector.date = rig.clock.trueMillis();
        rig.client.clearSession();
        rig.settle();
        assertEquals("without a group", rig.collector.storedNames().get(1));
        assertEquals(1, rig.client.diagnostics().getQueuedEvents(), "nothing is sent with a proof that is over");
        assertEquals(List.of(), rig.heard.rejected);
    }

    @Test
    void aVisitorsAccountToken_provesTheGroupAfterLogInToo() {
        String account = TestProofs.jwt("{\"account\":{\"id\":\"acme\"}}");
        rig.client.initialize(new SignedMetadata(account, "k"));
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.flush();
        SentEvent event = rig.collector.sent().get(1);
        assertEquals(TestProofs.value("u_1", 1), event.token());
        assertEquals(account, event.groupToken());
        assertEquals(0, rig.client.diagnostics().getQueuedEvents());
    }
}
