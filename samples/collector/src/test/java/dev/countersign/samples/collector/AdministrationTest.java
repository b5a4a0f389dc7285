package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environments and keys through the administration API, what it refuses, and how soon a change counts. */
class AdministrationTest extends CollectorTest {
    private TestEnvironment environment;
    private TestEnvironment.Key first;

    @BeforeEach
    void createEnvironment() {
        environment = client.environment("hmac-v1", "STRICT", "REJECT");
        first = environment.createKey();
    }

    private Answer send(TestEnvironment.Key key) {
        String user = Events.user("u_1", Proofs.v1(key.secret(), "u_1"));
        return client.event(environment, Events.track(Events.id(), user, Events.keyName(key.id())));
    }

    private Answer change(TestEnvironment.Key key, String step, String body) {
        return client.post(environment.path("/keys/" + key.id() + "/" + step), body);
    }

    private Map<String, Object> listed(TestEnvironment.Key key) {
        List<Map<String, Object>> keys = client.get(environment.path("/keys")).at("keys");
        return keys.stream()
                .filter(listed -> listed.get("id").equals(key.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Tag("R29")
    @Tag("R36")
    @Tag("R37")
    @Tag("R44")
    @Tag("R31")
    void aNewKey_showsItsSecretOnce() {
        TestEnvironment.Key second = environment.createKey();

        assertEquals("PRIMARY", first.status());
        assertEquals("PENDING", second.status());
        assertTrue(second.secret().matches("sis_[A-Za-z0-9_-]{43}"));
        String list = client.get(environment.path("/keys")).text();
        assertFalse(list.contains("sis_"), list);
        assertFalse(list.contains(second.secret().substring(4)), list);
    }

    @Test
    @Tag("R84")
    @Tag("T3")
    void aRotation_acceptsBothKeysUntilTheRevoke_andRefusesTheOldOneOnTheNextRequest() {
        TestEnvironment.Key second = environment.createKey();
        assertEquals(200, send(first).status());
        assertEquals(200, send(second).status());

        assertEquals(3, environment.promote(second).number("ringVersion"));
        assertEquals("RETIRING", listed(first).get("status"));
        assertEquals(200, send(first).status());
        assertEquals(200, send(second).status());

        assertEquals(4, environment.revoke(first).number("ringVersion"));
        Answer refused = send(first);
        assertEquals(401, refused.status());
        assertEquals("REVOKED_KEY", refused.at("error", "reason"));
        assertEquals(200, send(second).status());
    }

    @Test
    @Tag("R88")
    @Tag("T6")
    void aRevoke_countsOnTheVeryNextRequest_everyTime() {
        for (int i = 0; i < 20; i++) {
            TestEnvironment.Key key = environment.createKey();
            assertEquals(200, send(key).status());
            environment.revoke(key);
            assertEquals("REVOKED_KEY", send(key).at("error", "reason"));
        }
    }

    @Test
    @Tag("R32")
    @Tag("R33")
    void aRevokedKey_staysInTheLog_andCannotComeBack() {
        TestEnvironment.Key second = environment.createKey();
        environment.revoke(second);

        assertEquals("REVOKED", listed(second).get("status"));
        assertEquals("for a test", listed(second).get("description"));
        assertTrue(String.valueOf(listed(second).get("revokedAt")).startsWith("20"));
        assertNull(listed(first).get("revokedAt"));
        assertRefused(409, "REVOKED_KEY", environment.promote(second));
        assertRefused(409, "REVOKED_KEY", environment.revoke(second));
        assertRefused(409, "REVOKED_KEY", change(second, "retire", ""));
    }

    @Test
    void theListing_saysHowAKeyIsUsed() {
        TestEnvironment.Key second = environment.createKey();
        send(first);
        send(first);

        assertEquals(2.0, listed(first).get("accepted"));
        assertTrue(String.valueOf(listed(first).get("lastUsedAt")).startsWith("20"));
        assertEquals(0.0, listed(second).get("accepted"));
        assertNull(listed(second).get("lastUsedAt"));
    }

    @Test
    @Tag("R30")
    void aSixthActiveKey_isRefused_untilOneIsRevoked() {
        TestEnvironment.Key second = environment.createKey();
        IntStream.range(0, 3).forEach(i -> environment.createKey());

        assertRefused(409, "KEY_LIMIT", client.post(environment.path("/keys"), "{\"description\":\"sixth\"}"));

        environment.revoke(second);
        assertEquals("PENDING", environment.createKey().status());
    }

    @Test
    @Tag("R30")
    void keysCreatedAtTheSameTime_neverExceedTheLimit() {
        List<CompletableFuture<Integer>> creations = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> client.post(environment.path("/keys"), "{\"description\":\"at once\"}")
                                .status()))
                .toList();

        List<Integer> statuses =
                creations.stream().map(CompletableFuture::join).sorted().toList();

        assertEquals(
                Stream.concat(
                                Stream.generate(() -> 201).limit(4),
                                Stream.generate(() -> 409).limit(8))
                        .toList(),
                statuses);
        assertEquals(5, client.get(environment.path("/keys")).number("ringVersion"));
    }

    @Test
    void twoFirstKeysAtTheSameTime_makeOnePrimary() {
        TestEnvironment fresh = client.environment("hmac-v1", "STRICT", "REJECT");
        List<CompletableFuture<TestEnvironment.Key>> creations = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(fresh::createKey))
                .toList();

        long primaries = creations.stream()
                .map(CompletableFuture::join)
                .filter(key -> key.status().equals("PRIMARY"))
                .count();

        assertEquals(1, primaries);
    }

    @Test
    void thePrimary_cannotBeRevokedPlainly() {
        assertRefused(409, "PRIMARY_KEY", environment.revoke(first));
        assertEquals(200, send(first).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {"none", "{}", "{\"confirm\":\"\"}", "{\"confirm\":\"key_other\"}", "{\"confirm\":null}"})
    @Tag("R32")
    void aRevokeThatIsNotConfirmed_isRefused(String body) {
        TestEnvironment.Key second = environment.createKey();
        String sent = body == null ? "" : body;

        assertRefused(400, "CONFIRMATION_REQUIRED", change(second, "revoke", sent));
        assertRefused(400, "CONFIRMATION_REQUIRED", change(second, "emergency-revoke", sent));
        assertEquals(200, send(second).status());
    }

    @Test
    @Tag("R88")
    void anEmergencyRevokeOfThePrimary_promotesTheReplacement() {
        TestEnvironment.Key second = environment.createKey();

        Answer answer = change(
                first,
                "emergency-revoke",
                "{\"confirm\":\"" + first.id() + "\",\"replacement\":\"" + second.id() + "\"}");

        assertEquals(200, answer.status(), answer.text());
        assertFalse(answer.text().contains("sis_"));
        assertEquals("PRIMARY", listed(second).get("status"));
        assertEquals("REVOKED_KEY", send(first).at("error", "reason"));
    }

    @Test
    void anEmergencyRevokeWithoutAReplacement_createsOne_andShowsItsSecret() {
        Answer answer = change(first, "emergency-revoke", "{\"confirm\":\"" + first.id() + "\",\"replacement\":null}");

        TestEnvironment.Key replacement =
                new TestEnvironment.Key(answer.at("id"), answer.at("status"), answer.at("secret"));
        assertEquals("PRIMARY", replacement.status());
        assertEquals(200, send(replacement).status());
        assertEquals("REVOKED_KEY", send(first).at("error", "reason"));
    }

    @Test
    @Tag("R30")
    void anEmergencyRevokeOfThePrimary_needsNoRoomForAnotherKey() {
        IntStream.range(0, 4).forEach(i -> environment.createKey());

        Answer answer = change(first, "emergency-revoke", "{\"confirm\":\"" + first.id() + "\"}");

        assertEquals(200, answer.status(), answer.text());
        assertEquals("PRIMARY", answer.at("status"));
        assertEquals("REVOKED_KEY", send(first).at("error", "reason"));
        assertRefused(409, "KEY_LIMIT", environment.createKeyAnswer());
    }

    @Test
    void anEmergencyRevokeOfAnotherKey_leavesThePrimary() {
        TestEnvironment.Key second = environment.createKey();

        Answer answer = change(second, "emergency-revoke", "{\"confirm\":\"" + second.id() + "\"}");

        assertEquals(200, answer.status(), answer.text());
        assertEquals("PRIMARY", listed(first).get("status"));
        assertEquals("REVOKED", listed(second).get("status"));
    }

    @Test
    void aPendingKey_canRetire_andComeBack() {
        TestEnvironment.Key second = environment.createKey();

        assertEquals(200, change(second, "retire", "").status());
        assertEquals("RETIRING", listed(second).get("status"));
        assertEquals(200, environment.promote(second).status());
        assertRefused(409, "PRIMARY_KEY", environment.promote(second));
    }

    @Test
    void aChangedMode_countsOnTheNextRequest() {
        Answer strict = client.event(environment, Events.track(Events.id(), Events.user("u_1")));
        Answer change = client.put(environment.path("/mode"), "{\"mode\":\"OPTIONAL\"}");
        Answer optional = client.event(environment, Events.track(Events.id(), Events.user("u_1")));

        assertEquals(401, strict.status());
        assertEquals("OPTIONAL", change.at("mode"));
        assertEquals(200, optional.status());
    }

    @Test
    void unknownIds_areNotFound() {
        TestEnvironment.Key nobodys = new TestEnvironment.Key("key_nobody", "", "");
        TestEnvironment nowhere = new TestEnvironment(client, "env_nowhere", "");

        assertRefused(404, "UNKNOWN_KEY", environment.promote(nobodys));
        assertRefused(404, "UNKNOWN_KEY", environment.revoke(nobodys));
        assertRefused(404, "UNKNOWN_ENVIRONMENT", client.get(nowhere.path("")));
        assertRefused(404, "UNKNOWN_ENVIRONMENT", client.get(nowhere.path("/keys")));
        assertRefused(404, "UNKNOWN_ENVIRONMENT", client.post(nowhere.path("/keys"), "{\"description\":\"d\"}"));
        assertRefused(404, "UNKNOWN_ENVIRONMENT", client.put(nowhere.path("/mode"), "{\"mode\":\"STRICT\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"form\":\"jwt\",\"mode\":\"STRICT\"} | name is missing",
                "{\"name\":\"n\",\"form\":\"md5\",\"mode\":\"STRICT\"} | form is \"md5\"; allowed is hmac-hex",
                "{\"name\":\"n\",\"form\":\"jwt\",\"mode\":\"strict\"} | mode is \"strict\"; allowed is [UNSIGNED_ONLY",
                "{\"name\":\"n\",\"form\":\"jwt\",\"mode\":\"STRICT\",\"anonymous\":\"maybe\"} | anonymous is \"maybe\"",
                "{\"name\": | the request or its JSON is malformed",
            })
    void aBadEnvironment_isRefusedByName(String body, String message) {
        Answer answer = client.post("/admin/environments", body);

        assertEquals(400, answer.status());
        assertTrue(answer.<String>at("error", "message").startsWith(message), answer.text());
    }

    @Test
    void environments_areListed_withTheirApiKeys() {
        List<Map<String, Object>> all = client.get("/admin/environments").at("environments");

        assertTrue(all.stream().anyMatch(listed -> listed.get("apiKey").equals(environment.apiKey())));
        assertEquals("hmac-v1", client.get(environment.path("")).at("form"));
        assertEquals("REJECT", client.get(environment.path("")).at("anonymous"));
    }

    private static void assertRefused(int status, String code, Answer answer) {
        assertEquals(status, answer.status(), answer.text());
        assertEquals(code, answer.at("error", "code"));
    }
}
