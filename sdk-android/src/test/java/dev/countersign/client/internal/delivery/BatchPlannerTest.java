package dev.countersign.client.internal.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.internal.proof.ProofKeeper;
import dev.countersign.client.internal.proof.ServerClock;
import dev.countersign.client.internal.queue.EventQueue;
import dev.countersign.client.internal.session.Owner;
import dev.countersign.client.testkit.ManualClock;
import dev.countersign.client.testkit.TestProofs;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the app does while a batch is being planned. */
class BatchPlannerTest {
    private static final Owner VISITOR = Owner.anonymous("a", null);
    private static final Owner USER = Owner.user("u_1", null);
    private static final Owner MEMBER = Owner.user("u_1", "acme");
    private static final byte[] EVENT =
            "{\"id\":\"0193f0a0-0000-7000-8000-000000000000\"}".getBytes(StandardCharsets.UTF_8);

    private final ManualClock clock = new ManualClock();
    private final Reporter reporter = new Reporter(DeliveryListener.NONE, Runnable::run, (level, message, cause) -> {});
    private final EventQueue queue = new EventQueue(10, 1000, clock, reporter);
    private final ProofKeeper proofs = new ProofKeeper(
            null, false, VISITOR, Runnable::run, clock, new ServerClock(clock), () -> 0, reporter, () -> {});
    private Runnable meanwhile = () -> {};
    /** With a pause after it asked for the owners, in which the app does something. */
    private final BatchPlanner planner = new BatchPlanner(queue, proofs) {
        @Override
        Set<String> owners() {
            Set<String> owners = super.owners();
            Runnable once = meanwhile;
            meanwhile = () -> {};
            once.run();
            return owners;
        }
    };

    @Test
    void aLogOutWhileABatchIsPlanned_keepsTheProofForWhatWasJustRecorded() {
        proofs.become(USER);
        proofs.put(USER, TestProofs.of("u_1", 1));
        meanwhile = () -> {
            queue.add(USER.tag(), EVENT, EVENT.length);
            proofs.clear(ClearPolicy.SEND, USER, VISITOR, Owner.anonymous("b", null));
        };
        planner.plan(500);
        assertEquals(1, planner.plan(500).size());
    }

    @Test
    void aChangeOfGroupWhileABatchIsPlanned_keepsTheProofForWhatWasJustRecorded() {
        proofs.become(MEMBER);
        proofs.put(MEMBER, TestProofs.of("u_1", 1));
        proofs.putGroup(MEMBER, "acme", TestProofs.of("acme", 1));
        meanwhile = () -> {
            queue.add(MEMBER.tag(), EVENT, EVENT.length);
            proofs.become(Owner.user("u_1", "beta"));
        };
        planner.plan(500);
        assertEquals(1, planner.plan(500).size());
    }
}
