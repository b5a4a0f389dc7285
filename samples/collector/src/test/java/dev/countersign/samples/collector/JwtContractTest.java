package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token must and need not have, in the native profile and in Pendo's, over HTTP. */
class JwtContractTest extends CollectorTest {
    private static final String NONCE = "\"nonce\":\"5f0c4b9e2d7a41c85f0c4b9e2d7a41c8\"";

    private TestEnvironment pendo;
    private TestEnvironment.Key key;

    @BeforeEach
    void createEnvironment() {
        pendo = client.environment("{\"name\":\"p\",\"profile\":\"pendo\",\"mode\":\"STRICT\"}");
        key = pendo.createKey();
    }

    private Answer send(String token, String... more) {
        String user = Events.user("u_1") + "," + Events.text("jwt", token);
        return client.event(
                pendo, Events.track(Events.id(), more.length == 0 ? user : user + "," + String.join(",", more)));
    }

    private static String claims(String... more) {
        String rest = more.length == 0 ? "" : "," + String.join(",", more);
        return "{\"visitor\":{\"id\":\"u_1\"}," + NONCE + rest + "}";
    }

    private static Object reason(Answer answer) {
        return answer.status() == 200 ? "accepted" : answer.at("error", "reason");
    }

    @ParameterizedTest(name = "alg {0}, signed with {1}, is {2}")
    @CsvSource(
            nullValues = "nothing",
            value = {
                "HS256, HmacSHA256, accepted",
                "none,  nothing,    ALGORITHM_NOT_ALLOWED",
                "None,  HmacSHA256, ALGORITHM_NOT_ALLOWED",
                "HS384, HmacSHA384, ALGORITHM_NOT_ALLOWED",
                "HS512, HmacSHA512, ALGORITHM_NOT_ALLOWED",
                "RS256, HmacSHA256, ALGORITHM_NOT_ALLOWED",
                "ES256, HmacSHA256, ALGORITHM_NOT_ALLOWED",
                "HS256, HmacSHA512, MALFORMED", // 64 bytes are no HMAC-SHA256.
                "HS256, HmacSHA512/256, SIGNATURE_MISMATCH",
            })
    @Tag("R2")
    void aTokenOfAnotherAlgorithm_isNotVerified_andItsEventNotProcessed(String alg, String mac, String expected) {
        String header = "{\"alg\":\"" + alg + "\"}";
        for (String mode : List.of("STRICT", "OPTIONAL")) {
            client.put(pendo.path("/mode"), "{\"mode\":\"" + mode + "\",\"confirm\":\"STRICT\"}");

            Answer answer = send(Proofs.jwt(mac, key.secret(), header, claims()));

            assertEquals(expected, reason(answer), answer.text());
        }
        assertEquals(expected.equals("accepted") ? 2 : 0, stored(pendo, "id").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"nonce\":\"x\"", "\"nonce\":\"1\"", "\"nonce\":\"the same as ever\""})
    @Tag("R4")
    @Tag("R3")
    void anyNonceDoes_alsoTheSameOneTwice_butNoneAndANestedOneDoNot(String nonce) {
        String token = Proofs.jwt(key.secret(), "{\"visitor\":{\"id\":\"u_1\"}," + nonce + "}");
        String nested = Proofs.jwt(key.secret(), "{\"visitor\":{\"id\":\"u_1\"," + nonce + "}}");
        String none = Proofs.jwt(key.secret(), "{\"visitor\":{\"id\":\"u_1\"}}");

        assertEquals("accepted", reason(send(token)));
        assertEquals("accepted", reason(send(token)));
        assertEquals("NONCE_MISSING", reason(send(nested)));
        assertEquals("NONCE_MISSING", reason(send(none)));
    }

    @Test
    @Tag("R7")
    void theKeysNameTravelsBesideTheToken_andAKidInItMustAgree() {
        TestEnvironment.Key second = pendo.createKey();
        String plain = Proofs.jwt(key.secret(), claims());
        String named =
                Proofs.jwt("HmacSHA256", key.secret(), "{\"alg\":\"HS256\",\"kid\":\"" + key.id() + "\"}", claims());

        assertEquals("accepted", reason(send(plain, Events.keyName(key.id()))));
        assertEquals("SIGNATURE_MISMATCH", reason(send(plain, Events.keyName(second.id()))));
        assertEquals("accepted", reason(send(named)));
        assertEquals("accepted", reason(send(named, Events.keyName(key.id()))));
        Answer differ = send(named, Events.keyName(second.id()));
        assertEquals(401, differ.status(), differ.text());
        assertEquals(3, stored(pendo, "id").size());
    }

    @Test
    @Tag("R11")
    @Tag("R14")
    void reservedNamesAndFreeOnes_areTaken_andAreNotStored() {
        String token = Proofs.jwt(
                key.secret(),
                "{\"visitor\":{\"id\":\"u_1\",\"email\":\"a@b.c\",\"full_name\":\"A\",\"role\":\"r\",\"favourite\":[1,{\"x\":null}]},"
                        + "\"account\":{\"id\":\"acme\",\"name\":\"Acme\",\"is_paying\":true,\"monthly_value\":42.5,"
                        + "\"planLevel\":\"pro\",\"planPrice\":9,\"creationDate\":\"2026-01-01\",\"region\":\"eu\"},"
                        + NONCE + "}");

        assertEquals("accepted", reason(send(token, Events.group("acme"))));

        String body = stored(pendo, "body").get(0);
        assertFalse(body.contains("a@b.c") || body.contains("Acme") || body.contains("eyJ"), body);
    }

    /** The collector keeps no claims; what stands in an event unsigned is kept as that, or refused, as the profile says. */
    @Test
    @Tag("T29")
    @Tag("R13")
    void attributesThatNobodySigned_areRefusedWhereTheProfileSaysSo_andNeverMixedWithSignedOnes() {
        TestEnvironment own = client.environment("jwt", "STRICT", "REJECT");
        String secret = own.createKey().secret();
        String signed = EnforcementTest.claims(own, "{\"id\":\"u_1\",\"plan\":\"free\"}", "{}");
        String member = "\"traits\":{\"plan\":\"enterprise\"}";

        Answer beside = send(Proofs.jwt(key.secret(), claims()), "\"visitor\":{\"plan\":\"enterprise\"}");
        Answer account = send(Proofs.jwt(key.secret(), claims()), "\"account\":{\"planLevel\":\"enterprise\"}");
        Answer traits =
                client.event(own, Events.track(Events.id(), Events.user("u_1", Proofs.jwt(secret, signed)), member));

        assertEquals(400, beside.status());
        assertEquals(400, account.status());
        assertEquals(List.of(), stored(pendo, "id"));
        assertEquals(200, traits.status(), traits.text());
        String body = stored(own, "body").get(0);
        assertEquals(List.of(false, true), List.of(body.contains("free"), body.contains(member)), body);
    }

    @Test
    @Tag("R15")
    @Tag("T7")
    void pendosTokenNeedsNoExpiryAndNoJti_butAnExpiryThatItHasCounts() {
        long now = Instant.now().getEpochSecond();

        assertEquals("accepted", reason(send(Proofs.jwt(key.secret(), claims()))));
        assertEquals("accepted", reason(send(Proofs.jwt(key.secret(), claims("\"exp\":" + (now + 600))))));
        assertEquals("EXPIRED", reason(send(Proofs.jwt(key.secret(), claims("\"exp\":" + (now - 600))))));
        assertEquals("NOT_YET_VALID", reason(send(Proofs.jwt(key.secret(), claims("\"nbf\":" + (now + 600))))));
    }

    /** The limit that the documentation names: a captured token serves until it expires, and no longer. */
    @Test
    @Tag("T34")
    @Tag("T7")
    @Tag("R66")
    void aTokenIsGoodForNewEventsUntilItExpires_withAMinutesLeeway(@TempDir Path directory) {
        ControlledTime time = new ControlledTime();
        try (TestStorage own = TestStorage.open(directory);
                Collector there = own.start(time.time())) {
            TestEnvironment strict = new TestClient(there.url()).environment("jwt", "STRICT", "REJECT");
            String claims = EnforcementTest.claims(strict, "{\"id\":\"u_1\"}", "{}")
                    .replaceFirst(
                            "\"exp\":\\d+",
                            "\"exp\":" + Instant.parse("2026-11-20T11:00:00Z").getEpochSecond());
            String user = Events.user("u_1", Proofs.jwt(strict.createKey().secret(), claims));
            for (int minute = 0; minute <= 60; minute++) {
                assertEquals(
                        "accepted",
                        reason(strict.client().event(strict, Events.track(Events.id(), user))),
                        "at " + minute);
                time.advance(Duration.ofMinutes(1));
            }

            assertEquals("EXPIRED", reason(strict.client().event(strict, Events.track(Events.id(), user))));
        }
    }
}
