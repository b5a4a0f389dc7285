package dev.countersign.client.internal.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.internal.session.Owner;
import dev.countersign.client.testkit.ManualClock;
import dev.countersign.client.testkit.TestProofs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProofKeeperTest {
    private static final Owner USER = Owner.user("u_1", null);
    private static final Owner MEMBER = Owner.user("u_1", "acme");
    private static final Owner NEXT = Owner.anonymous("a_2", null);

    private final ManualClock clock = new ManualClock();
    private final ServerClock serverClock = new ServerClock(clock);
    private final AtomicInteger fetched = new AtomicInteger();
    private final ConcurrentLinkedQueue<Runnable> fetches = new ConcurrentLinkedQueue<>();
    private final List<String> reports = new ArrayList<>();
    private final ProofKeeper keeper = keeper();

    private ProofKeeper keeper() {
        ProofReports heard = new ProofReports() {
            @Override
            public void proofNeeded(Owner owner, Cause cause) {
                reports.add("needed " + owner.tag() + " " + cause);
            }

            @Override
            public void proofFailed(Owner owner, Cause cause, String why) {
                reports.add("failed " + why);
            }
        };
        return new ProofKeeper(
                request -> IssuedProof.of(request.getUserId(), TestProofs.of("u_1", fetched.incrementAndGet())),
                false,
                USER,
                fetches::add,
                clock,
                serverClock,
                () -> 0.5,
                heard,
                () -> {});
    }

    @Test
    void aHundredRefusalsAtOnce_causeOneFetch() throws InterruptedException {
        keeper.put(USER, TestProofs.of("u_1", 0));
        ProofPair sent = keeper.planProofs(USER);
        assertNotNull(sent);
        ExecutorService threads = Executors.newFixedThreadPool(100);
        CountDownLatch start = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) {
            threads.execute(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                keeper.refused(USER, sent);
                keeper.planProofs(USER);
                keeper.tick();
            });
        }
        start.countDown();
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        assertEquals(1, fetches.size());
        fetches.remove().run();
        ProofPair fresh = keeper.planProofs(USER);
        assertNotNull(fresh);
        keeper.refused(USER, sent);
        assertEquals(fresh, keeper.planProofs(USER), "a late refusal of the old proof leaves the fresh one alone");
        assertEquals(1, fetched.get());
    }

    @Test
    void aGroupWithoutAProof_waits() {
        keeper.put(USER, TestProofs.of("u_1", 0));
        keeper.become(MEMBER);
        assertNotNull(keeper.planProofs(USER));
        assertNull(keeper.planProofs(MEMBER));
        keeper.tick();
        fetches.remove().run();
        assertEquals(List.of("failed no proof of the group"), reports);
        assertNull(keeper.planProofs(MEMBER));
        keeper.putGroup(MEMBER, "acme", TestProofs.of("acme", 1));
        assertNotNull(keeper.planProofs(MEMBER));
    }

    @Test
    void keyNamesThatDiffer_areLeftOut() {
        keeper.become(MEMBER);
        keeper.put(MEMBER, TestProofs.of("u_1", 0).withKeyName("user-key"));
        keeper.putGroup(MEMBER, "acme", TestProofs.of("acme", 0).withKeyName("group-key"));
        String fragment = new String(keeper.planProofs(MEMBER).fragment());
        assertTrue(fragment.contains("groupToken") && !fragment.contains("signingKeyName"));
    }

    @Test
    void aLateRefusalOfAnOldProof_leavesAFreshSendOnlyOneAlone() {
        keeper.put(USER, TestProofs.of("u_1", 1));
        ProofPair old = keeper.planProofs(USER);
        keeper.put(USER, TestProofs.of("u_1", 2));
        ProofPair fresh = keeper.planProofs(USER);
        keeper.clear(ClearPolicy.SEND, USER, Owner.anonymous("a_1", null), NEXT);
        keeper.refused(USER, old);
        assertEquals(fresh, keeper.planProofs(USER));
        keeper.refused(USER, fresh);
        assertNull(keeper.planProofs(USER));
    }

    @Test
    void aSendOnlyProof_endsWithItsEvents() {
        keeper.put(USER, TestProofs.of("u_1", 0));
        keeper.clear(ClearPolicy.SEND, USER, Owner.anonymous("a_1", null), NEXT);
        keeper.retain(List.of(USER), keeper.changes());
        assertNotNull(keeper.planProofs(USER));
        keeper.retain(List.of(), keeper.changes());
        assertNull(keeper.planProofs(USER));
    }

    @Test
    void aSendOnlyProof_endsWithItsLifetime() {
        String jwt = TestProofs.jwt("{\"sub\":\"u_1\",\"exp\":" + (ManualClock.START / 1000 + 60) + "}");
        keeper.put(USER, dev.countersign.client.identity.IdentityProof.jwt(jwt, null));
        keeper.clear(ClearPolicy.SEND, USER, Owner.anonymous("a_1", null), NEXT);
        serverClock.learn(ManualClock.START);
        clock.advance(59_000);
        assertNotNull(keeper.planProofs(USER));
        clock.advance(1000);
        assertNull(keeper.planProofs(USER));
        keeper.tick();
        assertEquals(List.of("needed u3:u_1 EXPIRING"), reports);
        keeper.tick();
        assertEquals(1, reports.size(), "told once");
    }

    @Test
    void proofsOfGroupsThatAreLeft_endWithTheirEvents() {
        keeper.put(USER, TestProofs.of("u_1", 0));
        for (String group : List.of("acme", "beta", "gamma")) {
            Owner member = Owner.user("u_1", group);
            keeper.become(member);
            keeper.putGroup(member, group, TestProofs.of(group, 0));
            keeper.refused(member, keeper.planProofs(member));
        }
        keeper.retain(List.of(MEMBER), keeper.changes());
        keeper.putGroup(MEMBER, "acme", TestProofs.of("acme", 1));
        assertNotNull(keeper.planProofs(MEMBER), "its events are queued");
        keeper.become(Owner.user("u_1", "beta"));
        assertNull(keeper.planProofs(Owner.user("u_1", "beta")), "left, and without events");
        keeper.become(Owner.user("u_1", "gamma"));
        assertNull(keeper.planProofs(Owner.user("u_1", "gamma")), "refused, which is remembered for the current group");
        keeper.putGroup(Owner.user("u_1", "gamma"), "gamma", TestProofs.of("gamma", 1));
        assertNotNull(keeper.planProofs(Owner.user("u_1", "gamma")));
    }

    @Test
    void aRetainThatMissedAChange_forgetsNothing() {
        keeper.put(USER, TestProofs.of("u_1", 0));
        long before = keeper.changes();
        keeper.clear(ClearPolicy.SEND, USER, Owner.anonymous("a_1", null), NEXT);
        keeper.retain(List.of(), before);
        assertNotNull(keeper.planProofs(USER));
    }

    @Test
    void theServersClock_decidesOnExpiry() {
        String jwt = TestProofs.jwt("{\"sub\":\"u_1\",\"exp\":" + (ManualClock.START / 1000 + 60) + "}");
        keeper.put(USER, dev.countersign.client.identity.IdentityProof.jwt(jwt, null));
        clock.setWallWrongBy(TimeUnit.DAYS.toMillis(-100));
        serverClock.learn(ManualClock.START + 61_000);
        assertNull(keeper.planProofs(USER));
        serverClock.learn(ManualClock.START);
        clock.setWallWrongBy(TimeUnit.DAYS.toMillis(100));
        assertNotNull(keeper.planProofs(USER));
    }

    @Test
    void ownersTags_areReadBack() {
        for (Owner owner : List.of(
                USER,
                MEMBER,
                NEXT,
                Owner.user("7:x", "9:y"),
                Owner.user("\u0000", null),
                Owner.anonymous("u_1", "u_1"),
                Owner.user("\ud83d\ude00", "\ud83d\ude00"))) {
            Owner read = Owner.parse(owner.tag());
            assertEquals(owner, read);
            assertEquals(owner.id(), read.id());
            assertEquals(owner.groupId(), read.groupId());
            assertEquals(owner.isAnonymous(), read.isAnonymous());
        }
    }
}
