package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.testkit.ManualClock;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that may send without proofs still never falls back to that. */
@Timeout(60)
class UnsignedTest {
    private final TestClient rig = TestClient.overHttp(CountersignBuilder::unsigned);

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aProofRefusedAfterLogOut_isNotFollowedByAnUnprovenAttempt() {
        rig.collector.judge = event -> event.token() != null ? "SIGNATURE_MISMATCH" : null;
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.clearSession();
        rig.settle();
        rig.pass(2, TimeUnit.HOURS);
        assertEquals(List.of(), List.copyOf(rig.collector.stored()));
        assertEquals(1, rig.collector.batches.size(), "the same proof is not tried again either");
        assertEquals(1, rig.client.diagnostics().getQueuedEvents());
    }

    @Test
    void aProofThatExpiredAfterLogOut_isNotFollowedByAnUnprovenAttempt() {
        rig.collector.date = ManualClock.START;
        rig.client.track("tells the time");
        rig.flush();
        String jwt = TestProofs.jwt("{\"sub\":\"u_1\",\"exp\":" + (ManualClock.START / 1000 + 60) + "}");
        rig.client.identify("u_1", IdentityProof.jwt(jwt, null));
        rig.client.clearSession();
        rig.clock.advance(TimeUnit.MINUTES.toMillis(2));
        rig.settle();
        assertEquals(1, rig.collector.stored().size());
        assertEquals(1, rig.client.diagnostics().getQueuedEvents());
    }

    @Test
    void hold_holdsProvenAndUnprovenUntilTheUserReturns() {
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.clearSession(ClearPolicy.HOLD);
        rig.client.identify("u_2");
        rig.client.clearSession(ClearPolicy.HOLD);
        rig.settle();
        rig.pass(1, TimeUnit.HOURS);
        assertEquals(List.of(), List.copyOf(rig.collector.stored()));
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.flush();
        assertEquals(2, rig.collector.stored().size());
        assertEquals(1, rig.client.diagnostics().getQueuedEvents(), "u_2 is still away");
    }

    @Test
    void anOwnerWhoNeverHadAProof_isSentAfterLogOut() {
        rig.client.identify("u_1");
        rig.client.group("acme");
        rig.client.clearSession();
        rig.settle();
        assertEquals(2, rig.collector.stored().size());
    }
}
