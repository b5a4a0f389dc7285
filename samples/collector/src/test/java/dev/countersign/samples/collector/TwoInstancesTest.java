package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.samples.collector.event.Entry;
import dev.countersign.samples.collector.event.InvalidRequestException;
import dev.countersign.samples.collector.event.Refusal;
import dev.countersign.samples.collector.event.RequestReader;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The caches of two instances over one store, on one clock that the test moves. Here is a whole collector, through which
 * keys are changed; there is what another one's ingest path judges by. The latter hears of a change by the store's word,
 * by a proof that names a key it does not know, or after its 60 seconds.
 */
@Timeout(120)
class TwoInstancesTest {
    @TempDir
    Path directory;

    private final ControlledTime time = new ControlledTime();
    private TestStorage storage;
    private Collector collector;
    private LiveEnvironments others;
    private TestEnvironment here;
    private Instance at;
    private Instance there;
    private TestEnvironment.Key old;

    /** What becomes of an event at an instance. */
    private interface Instance {
        String verdict(String event);
    }

    @BeforeEach
    void start() throws IOException {
        storage = TestStorage.open(directory);
        collector = storage.start(time.time());
        here = new TestClient(collector.url()).environment("hmac-hex", "STRICT", "REJECT");
        old = here.createKey();
        others = new LiveEnvironments(
                collector.bean(EnvironmentStore.class), collector.bean(KeyStore.class), time.time());
        at = event -> {
            Answer answer = here.client().event(here, event);
            return answer.status() == 200 ? "accepted" : answer.at("error", "reason");
        };
        there = this::judgedThere;
    }

    @AfterEach
    void end() {
        others.close();
        collector.close();
        storage.close();
    }

    private String judgedThere(String event) {
        try {
            LiveEnvironment environment = others.byApiKey(here.apiKey());
            byte[] json = event.getBytes(StandardCharsets.UTF_8);
            Entry entry = RequestReader.single(
                    json, environment.environment().profile().syntax());
            Refusal refusal = environment.judge().judge((Entry.Event) entry).refusal();
            return refusal == null ? "accepted" : refusal.reason();
        } catch (InvalidRequestException e) {
            throw new AssertionError(e);
        }
    }

    /** Of a proof by this key that does not name it. */
    private static String verdict(Instance instance, TestEnvironment.Key key) {
        return instance.verdict(Events.track(Events.id(), Events.user("u_1", Proofs.hex(key.secret(), "u_1"))));
    }

    private static String named(Instance instance, TestEnvironment.Key key) {
        String user = Events.user("u_1", Proofs.hex(key.secret(), "u_1"));
        return instance.verdict(Events.track(Events.id(), user, Events.keyName(key.id())));
    }

    private void tellTheOther() throws IOException {
        others.refresh(here.id());
    }

    @Test
    @Tag("R40")
    @Tag("R41")
    @Tag("R86")
    @Tag("T4")
    void aNewKey_isAcceptedAtOnceWhereItWasMade_andEverywhereWithinSixtySeconds_theOldOneThroughout() {
        time.advance(Duration.ofSeconds(30));
        TestEnvironment.Key fresh = here.createKey();

        assertEquals("accepted", verdict(at, fresh));
        assertEquals("SIGNATURE_MISMATCH", verdict(there, fresh), "its cache is older than the key");
        assertEquals("accepted", verdict(there, old));
        time.advance(Duration.ofSeconds(29));
        assertEquals("SIGNATURE_MISMATCH", verdict(there, fresh));
        time.advance(Duration.ofSeconds(1));
        assertEquals("accepted", verdict(there, fresh));
        assertEquals("accepted", verdict(there, old));
        assertEquals("accepted", verdict(at, old));
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
        tellTheOther();
        here.promote(fresh);
        tellTheOther();
        assertEquals("accepted", named(there, old));

        here.revoke(old);
        assertEquals("REVOKED_KEY", named(at, old));
        tellTheOther();

        assertEquals("REVOKED_KEY", named(there, old));
        assertEquals("SIGNATURE_MISMATCH", verdict(there, old));
        assertEquals("accepted", named(there, fresh));
        assertEquals("accepted", named(at, fresh));
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
        assertEquals("accepted", named(at, old));
        assertEquals("accepted", named(there, old));
        assertEquals(200, here.promote(fresh).status());
        for (int minute = 0; minute < 16; minute++) { // The last proofs of the old key live 15 minutes.
            assertEquals("accepted", named(minute % 2 == 0 ? at : there, old));
            assertEquals("accepted", named(minute % 2 == 0 ? there : at, fresh));
            time.advance(Duration.ofMinutes(1));
        }
        assertEquals(200, here.revoke(old).status());
        time.advance(Duration.ofSeconds(60));

        assertEquals("REVOKED_KEY", named(at, old));
        assertEquals("REVOKED_KEY", named(there, old));
        assertEquals("accepted", named(at, fresh));
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

    private void burst(int number) {
        for (int i = 0; i < 1_000; i++) {
            String user = Events.user("u_1", "00".repeat(32));
            String forged = Events.track(Events.id(), user, Events.keyName("key_" + number + "_" + i));
            assertEquals("UNKNOWN_KEY", there.verdict(forged));
        }
        assertEquals("accepted", named(there, old));
    }
}
