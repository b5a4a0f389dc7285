package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The switch to STRICT says before what it would have cost; promotions wait for other verifiers. */
class EnforcementSwitchTest extends CollectorTest {

    private static String version(String version) {
        return "\"context\":{\"app\":{\"version\":\"" + version + "\"}}";
    }

    @Test
    @Tag("R49")
    @Tag("R50")
    @Tag("T30")
    @Tag("T36")
    @Tag("R57")
    @Tag("R83")
    void theSwitchToStrict_isConfirmed_andSaysWhatItWouldHaveRefused_byReasonAndVersion() {
        TestEnvironment environment = client.environment("hmac-hex", "OBSERVE", "REJECT");
        String good = Proofs.hex(environment.createKey().secret(), "u_1");
        client.event(environment, Events.track(Events.id(), Events.user("u_1", good), version("4.0")));
        client.event(environment, Events.track(Events.id(), Events.user("u_1"), version("3.1")));
        client.event(environment, Events.track(Events.id(), Events.user("u_1"), version("3.1")));
        client.event(environment, Events.track(Events.id(), Events.user("u_1", "00".repeat(32)), version("4.0")));

        Answer day = client.get(environment.path("/enforcement"));
        Answer unconfirmed = client.put(environment.path("/mode"), "{\"mode\":\"STRICT\"}");
        Answer confirmed = client.put(environment.path("/mode"), "{\"mode\":\"STRICT\",\"confirm\":\"STRICT\"}");

        assertEquals(4, day.number("events"));
        assertEquals(1, day.number("verified"));
        assertEquals(3, day.number("refusedInStrict"));
        assertEquals(
                List.of(
                        Map.of("reason", "MISSING", "appVersion", "3.1", "events", 2.0),
                        Map.of("reason", "SIGNATURE_MISMATCH", "appVersion", "4.0", "events", 1.0)),
                day.at("byReason"));
        assertEquals(400, unconfirmed.status());
        assertEquals("CONFIRMATION_REQUIRED", unconfirmed.at("error", "code"));
        assertTrue(unconfirmed.<String>at("error", "message").contains("it would have refused 3"), unconfirmed.text());
        assertEquals("STRICT", confirmed.at("mode"));
    }

    @Test
    @Tag("R34")
    void aRevoke_saysBeforeHowManyProofsUsedTheKey() {
        TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
        environment.createKey();
        TestEnvironment.Key second = environment.createKey();
        client.event(environment, Events.track(Events.id(), Events.user("u_1", Proofs.hex(second.secret(), "u_1"))));

        Answer asked = client.post(environment.path("/keys/" + second.id() + "/revoke"), "{}");

        assertTrue(asked.<String>at("error", "message").contains("1 proofs used this key"), asked.text());
    }

    @Test
    @Tag("R41")
    @Tag("R84")
    void aPromotion_waitsForEveryVerifier() {
        TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
        environment.createKey();
        String verifier = environment.path("/keys/verifiers/edge-1");
        client.put(verifier, "{\"ringVersion\":1}");
        TestEnvironment.Key second = environment.createKey();

        Answer behind = environment.promote(second);
        Answer word = client.post(
                environment.path("/keys/" + second.id() + "/promote"), "{\"confirm\":\"" + second.id() + "\"}");
        client.put(verifier, "{\"ringVersion\":2}");
        Answer ready = environment.promote(second);

        assertEquals(409, behind.status());
        assertEquals("VERIFIERS_BEHIND", behind.at("error", "code"));
        assertTrue(behind.<String>at("error", "message").contains("edge-1 (version 1 of 2)"), behind.text());
        assertEquals(409, word.status()); // Not before twice the cache time.
        assertEquals(200, ready.status(), ready.text());
    }

    @Test
    @Tag("T11")
    @Tag("R50")
    void thePageOfAnEnvironment_namesTheNextStep_keyThenSignThenObserveThenEnforce() {
        TestEnvironment environment = client.environment("hmac-hex", "OBSERVE", "REJECT");
        String cookie = client.logIn(TestClient.ADMIN_TOKEN);
        String proven = "";
        for (String step : List.of("Key", "Sign", "Observe")) {
            assertEquals(step, nextStep(environment, cookie));
            switch (step) {
                case "Key" ->
                    proven = Events.user(
                            "u_1", Proofs.hex(environment.createKey().secret(), "u_1"));
                case "Sign" ->
                    client.batch(
                            environment,
                            Events.track(Events.id(), proven),
                            Events.track(Events.id(), Events.user("u_1")));
                default -> client.put(environment.path("/mode"), "{\"mode\":\"STRICT\",\"confirm\":\"STRICT\"}");
            }
        }
        assertEquals("none", nextStep(environment, cookie));

        TestEnvironment clean = client.environment("hmac-hex", "OBSERVE", "REJECT");
        String all = Events.user("u_1", Proofs.hex(clean.createKey().secret(), "u_1"));
        client.event(clean, Events.track(Events.id(), all));
        assertEquals("Enforce", nextStep(clean, cookie));
    }

    private String nextStep(TestEnvironment environment, String cookie) {
        String page = client.form("GET", "/dashboard/environments/" + environment.id(), "", "Cookie", cookie)
                .text();
        var step = java.util.regex.Pattern.compile("aria-current=\"step\"><strong>(\\w+):")
                .matcher(page);
        return step.find() ? step.group(1) : "none";
    }
}
