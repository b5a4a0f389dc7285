package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A key is at rest when no proof of it holds any more: each one counts, whatever its event is taken as. */
class KeyTrafficTest extends CollectorTest {

    private static Map<String, Object> listed(TestEnvironment environment, TestEnvironment.Key key) {
        List<Map<String, Object>> keys =
                environment.client().get(environment.path("/keys")).at("keys");
        return keys.stream()
                .filter(listed -> listed.get("id").equals(key.id()))
                .findFirst()
                .orElseThrow();
    }

    private static void assertTraffic(double accepted, TestEnvironment environment, TestEnvironment.Key key) {
        assertEquals(accepted, listed(environment, key).get("accepted"));
        assertNotNull(listed(environment, key).get("lastUsedAt"));
    }

    @Test
    @Tag("R84")
    void aGroupProofOfTheRetiringKey_countsForItBesideTheUserProofOfTheNewOne() {
        TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
        TestEnvironment.Key old = environment.createKey();
        TestEnvironment.Key fresh = environment.createKey();
        environment.promote(fresh);
        String user = Events.user("u_1", Proofs.hex(fresh.secret(), "u_1"));
        String group = Events.group("acme", Proofs.hex(old.secret(), "acme"));

        assertEquals(
                200,
                client.event(environment, Events.track(Events.id(), user, group))
                        .status());

        assertTraffic(1, environment, old);
        assertTraffic(1, environment, fresh);
    }

    @Test
    void aUserAndAGroupProofOfOneKey_countItsEventOnce() {
        TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
        TestEnvironment.Key key = environment.createKey();
        String user = Events.user("u_1", Proofs.hex(key.secret(), "u_1"));

        client.event(
                environment, Events.track(Events.id(), user, Events.group("acme", Proofs.hex(key.secret(), "acme"))));

        assertTraffic(1, environment, key);
    }

    @Test
    void anAnonymousToken_countsForItsKey_thoughItProvesNobody() {
        TestEnvironment environment = client.environment("jwt", "STRICT", "REQUIRE_TOKEN");
        TestEnvironment.Key key = environment.createKey();
        String token = Proofs.jwt(key.secret(), EnforcementTest.claims(environment, "{}", "{}"));

        client.event(
                environment, Events.track(Events.id(), Events.anonymous("a_1"), Events.text("identityToken", token)));

        assertTraffic(1, environment, key);
    }

    @Test
    void aValidUserProof_countsForItsKey_thoughItsGroupIsUnproven() {
        TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
        TestEnvironment.Key key = environment.createKey();
        String user = Events.user("u_1", Proofs.hex(key.secret(), "u_1"));

        client.event(environment, Events.track(Events.id(), user, Events.group("acme")));

        assertTraffic(1, environment, key);
    }

    @Test
    void aProofOfARefusedEvent_saysThatItsKeyIsInUse_andAFailedOneDoesNot() {
        TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
        TestEnvironment.Key key = environment.createKey();
        TestEnvironment.Key unused = environment.createKey();
        String user = Events.user("u_1", Proofs.hex(key.secret(), "u_1"));
        String another = Events.user("u_1", Proofs.hex(unused.secret(), "u_2"));

        client.event(environment, Events.track(Events.id(), user, Events.group("acme")));
        client.event(environment, Events.track(Events.id(), another, Events.keyName(unused.id())));

        assertTraffic(0, environment, key);
        assertNull(listed(environment, unused).get("lastUsedAt"));
    }
}
