package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.storage.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two collectors with caches of their own over one store, on one clock that the test moves. Keys are changed through the
 * first; the second hears of it from the store's word, from a proof that names a key it does not know, or after its 60
 * seconds.
 */
class TwoInstancesTest {
    @TempDir
    Path directory;

    private final ControlledTime time = new ControlledTime();
    private Collector first;
    private Collector second;
    private TestEnvironment here;
    private TestEnvironment there;
    private TestEnvironment.Key old;

    @BeforeEach
    void start() {
        first = Collector.start(settings(), time.time());
        here = new TestClient(first.url()).environment("hmac-hex", "STRICT", "REJECT");
        old = here.createKey();
        second = Collector.start(settings(), time.time(), first.bean(Database.class));
        there = new TestEnvironment(new TestClient(second.url()), here.id(), here.apiKey());
    }

    @AfterEach
    void end() {
        second.close();
        first.close();
    }

    private Settings settings() {
        return new Settings(
                directory.resolve("c.sqlite"), "127.0.0.1", 0, TestClient.ADMIN_TOKEN, null, Duration.ofDays(90));
    }

    /** What an instance says of a proof by this key that does not name it. */
    private static String verdict(TestEnvironment at, TestEnvironment.Key key, String... more) {
        String user = Events.user("u_1", Proofs.hex(key.secret(), "u_1"));
        Answer answer = at.client()
                .event(at, Events.track(Events.id(), more.length == 0 ? user : user + "," + String.join(",", more)));
        return answer.status() == 200 ? "accepted" : answer.at("error", "reason");
    }

    private static String named(TestEnvironment at, TestEnvironment.Key key) {
        return verdict(at, key, Events.keyName(key.id()));
    }

    private void tellTheSecond() throws IOException {
        second.bean(LiveEnvironments.class).refresh(there.id());
    }

    @Test
    @Tag("R40")
    @Tag("R41")
    @Tag("R86")
    @Tag("T4")
    void aNewKey_isAcceptedAtOnceWhereItWasMade_andEverywhereWithinSixtySeconds_theOldOneThroughout() {
        time.advance(Duration.ofSeconds(30));
        TestEnvironment.Key fresh = here.createKey();

        assertEquals("accepted", verdict(here, fresh));
        assertEquals("SIGNATURE_MISMATCH", verdict(there, fresh), "its cache is older than the key");
        assertEquals("accepted", verdict(there, old));
        time.advance(Duration.ofSeconds(29));
        assertEquals("SIGNATURE_MISMATCH", verdict(there, fresh));
        time.advance(Duration.ofSeconds(1));
        assertEquals("accepted", verdict(there, fresh));
        assertEquals("accepted", verdict(there, old));
        assertEquals("accepted", verdict(here, old));
    }

    @Test
    @Tag("T4")
    void aProofThatNamesTheNewKey_bringsItIn_longBeforeTheWindowEnds_andOthersWaitForNothing() {
        TestEnvironment.Key fresh = here.createKey();

        String before = named(there, fresh);
        time.advance(Duration.ofSeconds(5));

        assertEquals("UNKNOWN_KEY", before);
        assertEquals("accepted", named(there, fresh));
    }

    @Test
    @Tag("R88")
    @Tag("T6")
    void aRevokedKey_isRefusedOnTheNextRequest_ofTheOneAtOnce_ofTheOtherOnceTheStoreHasTold() throws Exception {
        TestEnvironment.Key fresh = here.createKey();
        tellTheSecond();
        here.promote(fresh);
        tellTheSecond();
        assertEquals("accepted", named(there, old));

        here.revoke(old);
        assertEquals("REVOKED_KEY", named(here, old));
        tellTheSecond();

        assertEquals("REVOKED_KEY", named(there, old));
        assertEquals("SIGNATURE_MISMATCH", verdict(there, old));
        assertEquals("accepted", named(there, fresh));
        assertEquals("accepted", named(here, fresh));
    }

    @Test
    @Tag("R40")
    void aRevocationThatNobodyTellsOf_countsWithinSixtySecondsAllTheSame() {
        TestEnvironment.Key fresh = here.createKey();
        time.advance(Duration.ofSeconds(60));
        here.promote(fresh);
        here.revoke(old);

        String meanwhile = named(there, old);
        time.advance(Duration.ofSeconds(60));

        assertEquals("accepted", meanwhile, "this is why a store that can push does");
        assertEquals("REVOKED_KEY", named(there, old));
    }

    @Test
    @Tag("R84")
    @Tag("R87")
    @Tag("T3")
    @Tag("T5")
    void aWholeRotation_inStrictThroughout_refusesNobodyAtEitherInstance() {
        TestEnvironment.Key fresh = here.createKey(); // Seen before it is needed: the back ends have it first.
        time.advance(Duration.ofSeconds(60));
        assertEquals("accepted", named(here, old));
        assertEquals("accepted", named(there, old));
        assertEquals(200, here.promote(fresh).status());
        for (int minute = 0; minute < 16; minute++) { // The last proofs of the old key live 15 minutes.
            assertEquals("accepted", named(minute % 2 == 0 ? here : there, old));
            assertEquals("accepted", named(minute % 2 == 0 ? there : here, fresh));
            time.advance(Duration.ofMinutes(1));
        }
        assertEquals(200, here.revoke(old).status());
        time.advance(Duration.ofSeconds(60));

        assertEquals("REVOKED_KEY", named(here, old));
        assertEquals("REVOKED_KEY", named(there, old));
        assertEquals("accepted", named(here, fresh));
        assertEquals("accepted", named(there, fresh));
        assertEquals("STRICT", here.client().get(here.path("")).at("mode"));
    }

    @Test
    @Tag("T4")
    void aBurstOfForgedKeyIdsDuringARotation_neitherStormsTheStoreNorCrowdsTheNewKeyOut() {
        burst(0);
        TestEnvironment.Key fresh = here.createKey();

        burst(1);
        assertEquals("UNKNOWN_KEY", named(there, fresh), "each forged id loaded the keys: a storm");
        burst(2);
        time.advance(Duration.ofSeconds(5));

        assertEquals("accepted", named(there, fresh), "the forged ids used up the early refresh");
        assertEquals("accepted", named(there, old));
        here.promote(fresh);
        burst(3);
        here.revoke(old);
        time.advance(Duration.ofSeconds(5)); // The burst asked for a refresh: the revocation came with it.
        assertEquals("REVOKED_KEY", named(there, old));
        assertEquals("accepted", named(there, fresh));
    }

    @Test
    @Tag("T12")
    void aVisitorWhoIsLinkedAtOneInstance_isNotTakenOverAtTheOther() {
        String victim = Events.user("victim", Proofs.hex(old.secret(), "victim"));
        String attacker = Events.user("attacker", Proofs.hex(old.secret(), "attacker"));
        here.client().event(here, Events.track(Events.id(), victim, Events.anonymous("a_1")));

        Answer answer = there.client().event(there, Events.track(Events.id(), attacker, Events.anonymous("a_1")));

        assertEquals(200, answer.status());
        assertEquals("victim", there.client().get(there.path("/anonymous/a_1")).at("userId"));
    }

    private void burst(int number) {
        for (int batch = 0; batch < 10; batch++) {
            String[] forged = new String[100];
            for (int i = 0; i < forged.length; i++) {
                String user = Events.user("u_1", "00".repeat(32));
                forged[i] = Events.track(Events.id(), user, Events.keyName("key_" + number + "_" + batch + "_" + i));
            }
            Answer answer = there.client().batch(there, forged);
            assertEquals(401, answer.status());
            assertEquals("UNKNOWN_KEY", answer.at("rejected", 99, "reason"));
            assertEquals("accepted", named(there, old));
        }
    }
}
