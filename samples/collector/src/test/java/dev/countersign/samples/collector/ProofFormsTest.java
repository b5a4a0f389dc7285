package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each environment takes its own form of proof, made with its own keys, and nothing else. */
class ProofFormsTest extends CollectorTest {

    private static String proof(String form, String secret, TestEnvironment environment, String userId) {
        return switch (form) {
            case "hmac-hex" -> Proofs.hex(secret, userId);
            case "hmac-base64" -> Proofs.base64(secret, userId);
            case "hmac-v1" -> Proofs.v1(secret, userId);
            default -> Proofs.jwt(secret, EnforcementTest.claims(environment, EnforcementTest.id(userId), "{}"));
        };
    }

    private Answer send(TestEnvironment environment, String userId, String proof, String... members) {
        String user = Events.user(userId, proof);
        return client.event(
                environment,
                Events.track(Events.id(), members.length == 0 ? user : user + "," + String.join(",", members)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac-hex", "hmac-base64", "hmac-v1", "jwt"})
    @Tag("R1")
    @Tag("R16")
    @Tag("R20")
    @Tag("R23")
    void aProofOfTheForm_isVerified_alsoOfANonAsciiId(String form) {
        TestEnvironment environment = client.environment(form, "STRICT", "REJECT");
        String secret = environment.createKey().secret();

        for (String userId : new String[] {"u_123", " padded ", "user-é", "用户-42", "user-\ud83d\udd11"}) {
            Answer answer = send(environment, userId, proof(form, secret, environment, userId));
            assertEquals(200, answer.status(), userId + ": " + answer.text());
        }
        assertEquals(5, environment.count("accepted"));
    }

    @ParameterizedTest(name = "{0} in an environment of {1} is {2}")
    @CsvSource({
        "hmac-hex,    hmac-v1,     UNSUPPORTED_SCHEME",
        "hmac-v1,     hmac-hex,    MALFORMED",
        "hmac-base64, hmac-hex,    MALFORMED",
        "hmac-hex,    hmac-base64, MALFORMED",
        "jwt,         hmac-v1,     UNSUPPORTED_SCHEME",
        "hmac-v1,     jwt,         MALFORMED",
    })
    @Tag("R24")
    void aProofOfAnotherForm_isRefused(String sent, String form, String reason) {
        TestEnvironment environment = client.environment(form, "STRICT", "REJECT");
        String secret = environment.createKey().secret();

        Answer answer = send(environment, "u_1", proof(sent, secret, environment, "u_1"));

        assertEquals(401, answer.status());
        assertEquals(reason, answer.at("error", "reason"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac-hex", "hmac-base64", "hmac-v1", "jwt"})
    void aProofOfAnotherUser_isRefused(String form) {
        TestEnvironment environment = client.environment(form, "STRICT", "REJECT");
        String secret = environment.createKey().secret();

        Answer answer = send(environment, "u_2", proof(form, secret, environment, "u_1"));

        assertEquals(401, answer.status());
        String reason = form.equals("jwt") ? "SUBJECT_MISMATCH" : "SIGNATURE_MISMATCH";
        assertEquals(reason, answer.at("error", "reason"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac-hex", "hmac-base64", "hmac-v1", "jwt"})
    @Tag("R35")
    void aProofOfAnotherEnvironment_isRefused(String form) {
        TestEnvironment environment = client.environment(form, "STRICT", "REJECT");
        environment.createKey();
        TestEnvironment other = client.environment(form, "STRICT", "REJECT");
        String othersSecret = other.createKey().secret();

        assertEquals(
                401,
                send(environment, "u_1", proof(form, othersSecret, other, "u_1"))
                        .status());
    }

    @Test
    void aJwtForAnotherAudience_isRefused_thoughItsSignatureHolds() {
        TestEnvironment environment = client.environment("jwt", "STRICT", "REJECT");
        TestEnvironment other = client.environment("jwt", "STRICT", "REJECT");
        String secret = environment.createKey().secret();

        Answer answer = send(environment, "u_1", proof("jwt", secret, other, "u_1"));

        assertEquals("AUDIENCE_MISMATCH", answer.at("error", "reason"));
    }

    @Test
    @Tag("R66")
    @Tag("T2")
    @Tag("T7")
    @Tag("T8")
    void aJwtThatHasExpired_orNeverDoes_isRefused() {
        TestEnvironment environment = client.environment("jwt", "STRICT", "REJECT");
        String secret = environment.createKey().secret();
        long anHourAgo = Instant.now().getEpochSecond() - 3600;
        String claims = EnforcementTest.claims(environment, EnforcementTest.id("u_1"), "{}")
                .replaceFirst("\"exp\":\\d+", "\"exp\":" + anHourAgo);

        String endless = claims.replaceFirst("\"exp\":\\d+,", "");

        assertEquals(
                "MALFORMED",
                send(environment, "u_1", Proofs.jwt(secret, endless)).at("error", "reason"));
        assertEquals(
                "EXPIRED", send(environment, "u_1", Proofs.jwt(secret, claims)).at("error", "reason"));
    }

    @Test
    @Tag("R3")
    @Tag("R9")
    void aJwtWithoutANonce_orWithANumericId_isRefused() {
        TestEnvironment environment = client.environment("jwt", "STRICT", "REJECT");
        String secret = environment.createKey().secret();
        String claims = EnforcementTest.claims(environment, EnforcementTest.id("u_1"), "{}");
        String noNonce = claims.replaceFirst("\"nonce\":\"[^\"]*\",", "");
        String numeric = claims.replace("\"u_1\"", "1");

        assertEquals(
                "NONCE_MISSING",
                send(environment, "u_1", Proofs.jwt(secret, noNonce)).at("error", "reason"));
        assertEquals(
                "ID_NOT_STRING",
                send(environment, "1", Proofs.jwt(secret, numeric)).at("error", "reason"));
    }

    @Test
    @Tag("R42")
    void theNamedKey_isTheOnlyOneTried() {
        TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
        TestEnvironment.Key first = environment.createKey();
        TestEnvironment.Key second = environment.createKey();
        String proof = Proofs.hex(first.secret(), "u_1");

        assertEquals(
                200, send(environment, "u_1", proof, Events.keyName(first.id())).status());
        assertEquals(200, send(environment, "u_1", proof).status());
        Answer wrong = send(environment, "u_1", proof, Events.keyName(second.id()));
        Answer unknown = send(environment, "u_1", proof, Events.keyName("key_unknown"));

        assertEquals("SIGNATURE_MISMATCH", wrong.at("error", "reason"));
        assertEquals("UNKNOWN_KEY", unknown.at("error", "reason"));
    }

    @Test
    void beforeTheFirstKey_noProofHolds_andUnsignedEventsAreJudgedAsEver() {
        TestEnvironment environment = client.environment("hmac-v1", "OPTIONAL", "REJECT");

        Answer proven = send(environment, "u_1", Proofs.v1("a secret that nobody issued", "u_1"));
        Answer unproven = client.event(environment, Events.track(Events.id(), Events.user("u_1")));

        assertEquals("UNKNOWN_KEY", proven.at("error", "reason"));
        assertEquals(200, unproven.status());
    }
}
