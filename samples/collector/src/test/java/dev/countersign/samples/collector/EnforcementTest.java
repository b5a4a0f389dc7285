package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of modes and proofs, cell by cell, and the policies for anonymous events and groups. */
class EnforcementTest extends CollectorTest {

    @Tag("R45")
    @Tag("R46")
    @Tag("R47")
    @Tag("R48")
    @ParameterizedTest(name = "{0} with a proof that is {1}")
    @CsvSource({
        "UNSIGNED_ONLY, none,    200, ACCEPTED,      null",
        "UNSIGNED_ONLY, valid,   401, -,             SIGNED_NOT_ENABLED",
        "UNSIGNED_ONLY, invalid, 401, -,             SIGNATURE_MISMATCH",
        "OBSERVE,       none,    200, ACCEPTED,      null",
        "OBSERVE,       valid,   200, VERIFIED,      null",
        "OBSERVE,       invalid, 200, MARKED_FAILED, SIGNATURE_MISMATCH",
        "OPTIONAL,      none,    200, ACCEPTED,      null",
        "OPTIONAL,      valid,   200, VERIFIED,      null",
        "OPTIONAL,      invalid, 401, -,             SIGNATURE_MISMATCH",
        "STRICT,        none,    401, -,             MISSING",
        "STRICT,        valid,   200, VERIFIED,      null",
        "STRICT,        invalid, 401, -,             SIGNATURE_MISMATCH",
    })
    @Tag("R56")
    void eachModeAndProof_hasTheVerdictOfTheTable(
            String mode, String proof, int status, String verdict, String reason) {
        TestEnvironment environment = client.environment("hmac-v1", mode, "REJECT");
        String secret = environment.createKey().secret();

        Answer answer = client.event(environment, Events.track(Events.id(), user(proof, secret)));

        assertEquals(status, answer.status(), answer.text());
        if (status == 200) {
            assertEquals("{\"success\":true}", answer.text());
            assertEquals(List.of("u_123 " + verdict + " " + reason), stored(environment, "owner, verdict, reason"));
        } else {
            assertEquals("IDENTITY_UNVERIFIED", answer.at("error", "code"));
            assertEquals(reason, answer.at("error", "reason"));
            assertEquals(List.of(), stored(environment, "id"));
        }
    }

    private static String user(String proof, String secret) {
        return switch (proof) {
            case "none" -> Events.user("u_123");
            case "valid" -> Events.user("u_123", Proofs.v1(secret, "u_123"));
            default -> Events.user("u_123", Proofs.v1("another secret of some length", "u_123"));
        };
    }

    @Tag("R54")
    @Tag("T12")
    @ParameterizedTest(name = "{0} {1}: an anonymous event with {2}")
    @CsvSource({
        "STRICT,        REJECT,        no token,      401",
        "STRICT,        REJECT,        a token,       401",
        "STRICT,        REQUIRE_TOKEN, no token,      401",
        "STRICT,        REQUIRE_TOKEN, a token,       200",
        "STRICT,        REQUIRE_TOKEN, a user's token,401",
        "STRICT,        ALLOW,         no token,      200",
        "OPTIONAL,      REJECT,        no token,      200",
        "OPTIONAL,      REJECT,        a user's token,401",
        "UNSIGNED_ONLY, REJECT,        no token,      200",
        "UNSIGNED_ONLY, REJECT,        a token,       401",
    })
    void anAnonymousEvent_isJudgedByThePolicy(String mode, String policy, String token, int status) {
        TestEnvironment environment = client.environment("jwt", mode, policy);
        String secret = environment.createKey().secret();
        String members = Events.anonymous("a_1");
        if (!token.equals("no token")) {
            String visitor = token.equals("a token") ? "{}" : "{\"id\":\"u_1\"}";
            members += "," + Events.text("identityToken", Proofs.jwt(secret, claims(environment, visitor, "{}")));
        }

        Answer answer = client.event(environment, Events.track(Events.id(), members));

        assertEquals(status, answer.status(), answer.text());
        List<String> expected = status == 200 ? List.of("a_1 1 ACCEPTED") : List.of();
        assertEquals(expected, stored(environment, "owner, anonymous, verdict"));
    }

    @Test
    @Tag("R18")
    void aGroupWithoutAProof_isRefusedThoughItsUserIsProven() {
        TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
        String secret = environment.createKey().secret();
        String user = Events.user("u_1", Proofs.hex(secret, "u_1"));

        Answer none = client.event(environment, Events.track(Events.id(), user, Events.group("acme")));
        Answer users = client.event(
                environment, Events.track(Events.id(), user, Events.group("acme", Proofs.hex(secret, "u_1"))));
        Answer own = client.event(
                environment, Events.track(Events.id(), user, Events.group("acme", Proofs.hex(secret, "acme"))));

        assertEquals("MISSING", none.at("error", "reason"));
        assertEquals("A group identity proof is required", none.at("error", "message"));
        assertEquals("SIGNATURE_MISMATCH", users.at("error", "reason"));
        assertEquals(200, own.status(), own.text());
        assertEquals(List.of("VERIFIED"), stored(environment, "verdict"));
    }

    @Test
    @Tag("R18")
    void inOptional_aGroupWithoutAProof_makesTheEventUnverified() {
        TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
        String secret = environment.createKey().secret();
        String user = Events.user("u_1", Proofs.hex(secret, "u_1"));

        client.event(environment, Events.track(Events.id(), user, Events.group("acme")));

        assertEquals(List.of("ACCEPTED"), stored(environment, "verdict"));
    }

    @Tag("T2")
    @ParameterizedTest(name = "a token about {0} of {1}, and a group token about {2}")
    @CsvSource({
        "u_1, acme,  -,             200, null",
        "u_1, other, -,             401, SUBJECT_MISMATCH",
        "u_1, -,     -,             401, MISSING",
        "u_2, acme,  -,             401, SUBJECT_MISMATCH",
        "u_1, -,     acme,          200, null",
        "u_1, -,     other,         401, SUBJECT_MISMATCH",
        "u_1, -,     acme of u_1,   200, null",
        "u_1, -,     acme of u_2,   401, SUBJECT_MISMATCH",
    })
    @Tag("R18")
    @Tag("T2")
    void aJwt_provesTheUserAndTheGroupThatItNames(
            String user, String account, String groupToken, int status, String reason) {
        TestEnvironment environment = client.environment("jwt", "STRICT", "REJECT");
        String secret = environment.createKey().secret();
        String token = Proofs.jwt(secret, claims(environment, id(user), account.equals("-") ? "{}" : id(account)));
        String group = Events.group("acme");
        if (!groupToken.equals("-")) {
            String[] of = groupToken.split(" of ");
            String visitor = of.length == 1 ? "{}" : id(of[1]);
            group = Events.group("acme", Proofs.jwt(secret, claims(environment, visitor, id(of[0]))));
        }

        Answer answer = client.event(environment, Events.track(Events.id(), Events.user("u_1", token), group));

        assertEquals(status, answer.status(), answer.text());
        if (status == 401) {
            assertEquals(reason, answer.at("error", "reason"));
        }
    }

    static String id(String id) {
        return "{\"id\":\"" + id + "\"}";
    }

    static String claims(TestEnvironment environment, String visitor, String account) {
        return """
                {"exp":4102444800,"aud":"%s","nonce":"5f0c4b9e2d7a41c85f0c4b9e2d7a41c8","visitor":%s,"account":%s}""".formatted(environment.id(), visitor, account);
    }
}
