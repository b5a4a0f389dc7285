package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.delivery.ClearedSession;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofRequest;
import dev.countersign.client.testkit.Answers;
import dev.countersign.client.testkit.ManualClock;
import dev.countersign.client.testkit.SentEvent;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody's events ever carry another's proof, and log-out keeps its promises. Judged by what the collector received. */
@Timeout(60)
class NoCrossingTest {
    private static final String[] USERS = {"u_1", "u_2", "u_3"};
    private static final String[] GROUPS = {"acme", "beta"};

    private final List<ProofRequest> asked = new ArrayList<>();
    private int issued = 1;
    private TestClient rig = TestClient.overHttp(builder -> builder.proofProvider(this::fetch));

    @AfterEach
    void close() {
        rig.close();
    }

    private IssuedProof fetch(ProofRequest request) {
        asked.add(request);
        IssuedProof proof = IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), issued));
        return request.getGroupId() == null
                ? proof
                : proof.withGroup(request.getGroupId(), TestProofs.of(request.getGroupId(), issued));
    }

    @Test
    @Tag("R76")
    @Tag("R77")
    @Tag("T25")
    @Tag("T34")
    void clearSession_drawsANewAnonymousIdAndForgetsUserAndGroup() {
        String before = rig.client.getAnonymousId();
        rig.client.identify("u_1");
        rig.client.group("acme");
        rig.flush();
        rig.client.clearSession();
        rig.client.track("after");
        rig.flush();
        SentEvent after = rig.collector.sent().get(2);
        assertEquals("after", after.name());
        assertNotEquals(before, after.anonymousId());
        assertNull(after.userId());
        assertNull(after.groupId());
        assertNull(after.token());
        assertNull(after.groupToken());
    }

    @Test
    void send_deliversWhatIsQueuedWithTheOldProofOnly() {
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.track("mine");
        ClearedSession cleared = rig.client.clearSession();
        assertEquals(2, cleared.getEvents());
        assertEquals(ClearPolicy.SEND, cleared.getPolicy());
        rig.settle();
        assertEquals(2, rig.collector.stored().size());
        assertEquals(0, asked.size());
    }

    @Test
    void aSendOnlyProof_servesNoNewSessionOfTheSameUser() {
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.clearSession();
        issued = 2;
        rig.client.identify("u_1");
        rig.flush();
        assertTrue(rig.collector.sent().stream()
                .allMatch(e -> TestProofs.value("u_1", 2).equals(e.token())));
        assertEquals(1, asked.size());
    }

    @Test
    void aRefusedSendOnlyProof_leavesTheEventsWaitingForTheUsersReturn() {
        rig.client.identify("u_1", TestProofs.of("u_1", 7));
        rig.client.track("mine");
        rig.collector.judge = event ->
                event.token() == null || event.token().equals(TestProofs.value("u_1", 1)) ? null : "REVOKED_KEY";
        rig.client.clearSession();
        rig.settle();
        rig.pass(1, TimeUnit.DAYS);
        assertEquals(0, asked.size(), "the provider is asked for the current user only");
        assertEquals(2, rig.client.diagnostics().getQueuedEvents());
        assertEquals("u_1", rig.heard.needed.get(0).getUserId());
        rig.client.identify("u_1");
        rig.flush();
        assertEquals(3, rig.collector.stored().size());
    }

    @Test
    void aSendOnlyProof_isNotThrownAwayOnTheWordOfAWrongDeviceClock() {
        rig.clock.setWallWrongBy(TimeUnit.DAYS.toMillis(1));
        String jwt = TestProofs.jwt("{\"sub\":\"u_1\",\"exp\":" + (ManualClock.START / 1000 + 3600) + "}");
        rig.client.identify("u_1", IdentityProof.jwt(jwt, null));
        rig.client.track("mine");
        rig.client.clearSession();
        rig.settle();
        assertEquals(2, rig.collector.stored().size());
    }

    @Test
    void hold_keepsTheEventsUntilTheUserReturns() {
        rig.client.track("anonymous");
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        assertEquals(2, rig.client.clearSession(ClearPolicy.HOLD).getEvents());
        rig.pass(1, TimeUnit.HOURS);
        assertEquals(List.of("anonymous"), rig.collector.storedNames());
        rig.client.identify("u_1");
        rig.flush();
        assertEquals(3, rig.collector.stored().size());
    }

    @Test
    void drop_dropsTheSessionsEventsAndReportsThem() {
        rig.client.identify("u_2");
        rig.client.track("of another user");
        rig.holdFetches();
        rig.client.clearSession(ClearPolicy.HOLD);
        rig.client.track("anonymous");
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.track("mine", Attributes.empty(), rig.heard.callback());
        assertEquals(3, rig.client.clearSession(ClearPolicy.DROP).getEvents());
        assertEquals(List.of("SESSION_CLEARED 3"), rig.heard.drops);
        assertEquals(1, rig.heard.outcomes.size());
        assertEquals(2, rig.client.diagnostics().getQueuedEvents(), "another user's stay");
    }

    @Test
    void aLateFetchForTheUserWhoLeft_isDiscardedEvenWhenTheyReturn() {
        rig.holdFetches();
        rig.client.identify("u_1");
        rig.flush();
        rig.client.clearSession();
        rig.client.identify("u_1");
        rig.flush();
        assertEquals(2, rig.fetches.size());
        rig.fetch(); // the call of the first session: interrupted before it began, it never runs
        rig.settle();
        assertEquals(0, rig.collector.batches.size());
        rig.fetch();
        rig.settle();
        assertEquals(2, rig.collector.stored().size());
        assertEquals(1, asked.size());
    }

    @Test
    void aFetchThatEndsAfterLogOut_isDiscarded() {
        TestClient late = TestClient.overHttp(builder -> builder.proofProvider(request -> {
            rig.client.clearSession(); // the user logs out while the back end answers
            return fetch(request);
        }));
        rig.close();
        rig = late;
        rig.client.identify("u_1");
        rig.flush();
        rig.pass(1, TimeUnit.HOURS);
        assertEquals(0, rig.collector.batches.size());
        assertEquals(1, rig.client.diagnostics().getQueuedEvents());
    }

    @Test
    @Tag("R77")
    @Tag("T25")
    void identifyingAnotherUser_isALogOutOfTheFirst() {
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.group("acme", TestProofs.of("acme", 1));
        rig.client.identify("u_2");
        rig.flush();
        List<SentEvent> sent = rig.collector.sent();
        assertEquals(3, sent.size());
        SentEvent second =
                sent.stream().filter(e -> "u_2".equals(e.userId())).findFirst().orElseThrow();
        assertNotEquals(sent.get(0).anonymousId(), second.anonymousId());
        assertNull(second.groupId());
        assertEquals(TestProofs.value("u_2", 1), second.token());
    }

    @Test
    void aPushedProofOfSomebodyElse_isIgnored() {
        rig.holdFetches();
        rig.client.identify("u_2");
        rig.client.updateProof("u_1", TestProofs.of("u_1", 1));
        rig.flush();
        assertEquals(0, rig.collector.batches.size());
    }

    /** Random interleavings; the oracle reads the captured requests, not the client's state. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @Tag("R82")
    void anyInterleaving_pairsNobodysEventsWithAnothersProofAndLosesNone(long seed) {
        Random random = new Random(seed);
        Map<String, String> owners = new HashMap<>(); // event name -> who the app says it is from
        String current = null;
        String group = null;
        int[] valid = {1};
        rig.collector.judge = event -> event.userId() == null
                        || TestProofs.value(event.userId(), valid[0]).equals(event.token())
                ? null
                : "SIGNATURE_MISMATCH";
        if (seed % 2 == 0) {
            rig.holdFetches();
        }
        for (int i = 0; i < 600; i++) {
            switch (random.nextInt(12)) {
                case 0, 1 -> {
                    String next = USERS[random.nextInt(USERS.length)];
                    group = next.equals(current) || current == null ? group : null;
                    current = next;
                    if (random.nextBoolean()) {
                        rig.client.identify(next);
                    } else {
                        rig.client.identify(next, TestProofs.of(next, random.nextInt(3)));
                    }
                }
                case 2 -> {
                    group = GROUPS[random.nextInt(GROUPS.length)];
                    rig.client.group(group, TestProofs.of(group, 1));
                }
                case 3 -> {
                    rig.client.clearSession(random.nextBoolean() ? ClearPolicy.SEND : ClearPolicy.HOLD);
                    current = null;
                    group = null;
                }
                case 4 -> issued = valid[0] = random.nextInt(3);
                case 5 -> rig.clock.advance(random.nextInt(5000));
                case 6 -> rig.client.updateProof(USERS[random.nextInt(3)], TestProofs.of("u_1", 99));
                case 7 -> rig.collector.next(Answers.error(503, "KEYS_UNAVAILABLE"));
                case 8 -> {
                    rig.client.flush();
                    rig.step();
                }
                case 9 -> {
                    if (!rig.fetches.isEmpty()) {
                        rig.fetch();
                    }
                }
                default -> {
                    owners.put("e" + i, current + "/" + group);
                    rig.client.track("e" + i);
                }
            }
        }
        everybodyReturns(valid[0]);
        for (SentEvent event : rig.collector.sent()) {
            if (event.name() != null) {
                assertEquals(owners.get(event.name()), event.userId() + "/" + event.groupId(), event.name());
            }
            assertNobodyElsesProof(event);
        }
        Map<String, String> lost = new TreeMap<>(owners);
        rig.collector.storedNames().forEach(name -> lost.remove(String.valueOf(name)));
        assertEquals(Map.of(), lost, "every event is stored");
    }

    private void everybodyReturns(int valid) {
        rig.collector.clearScript();
        issued = valid;
        for (String user : USERS) {
            rig.client.clearSession();
            rig.client.identify(user, TestProofs.of(user, valid));
            for (String group : GROUPS) {
                rig.client.group(group, TestProofs.of(group, 1));
            }
            rig.client.flush();
            rig.pass(16, TimeUnit.MINUTES);
        }
    }

    private static void assertNobodyElsesProof(SentEvent event) {
        if (event.userId() == null) {
            assertNull(event.token(), "an anonymous event carries nobody's proof");
            return;
        }
        for (String user : USERS) {
            for (int n = 0; n < 3; n++) {
                if (!user.equals(event.userId())) {
                    assertNotEquals(TestProofs.value(user, n), event.token());
                }
            }
        }
        assertTrue(event.token() != null, "an identified event carries a proof");
        for (String group : GROUPS) {
            if (!group.equals(event.groupId())) {
                assertNotEquals(TestProofs.value(group, 1), event.groupToken());
            }
        }
    }
}
