package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the vendors' deployed clients send: good proofs are taken, bad ones refused. */
class DeployedClientsTest extends CollectorTest {

    /** As Sendora's public Android SDK writes it. */
    private static String sendora(String userId, String proof) {
        String user = userId == null ? "" : ",\"userId\":\"" + userId + "\"";
        String token = proof == null ? "" : ",\"identityToken\":\"" + proof + "\"";
        return """
                {"projectId":"p1","module":"custom","eventType":"invoice.paid","timestamp":"2026-11-20T10:00:00.000Z",
                 "properties":{"amount":42.5},"context":{"app":{"version":"4.0.2"}},"sessionId":"s-1",
                 "consent":["analytics"]%s%s}""".formatted(user, token);
    }

    @Test
    @Tag("R23")
    @Tag("R58")
    void aSendoraEvent_isStoredWithAGoodProof_andRefusedWithABadOne() {
        TestEnvironment environment =
                client.environment("{\"name\":\"s\",\"profile\":\"sendora\",\"mode\":\"STRICT\"}");
        String good = Proofs.v1(environment.createKey().secret(), "u_1");

        Answer stored = client.event(environment, sendora("u_1", good));
        Answer another = client.event(environment, sendora("u_2", good));
        Answer batch = client.batch(environment, sendora("u_1", good), sendora("u_2", good), sendora("u_1", null));

        assertEquals("{\"success\":true}", stored.text());
        assertEquals(401, another.status());
        assertEquals("IDENTITY_UNVERIFIED", another.at("error", "code"));
        assertEquals(1, batch.number("accepted"));
        assertEquals(1, batch.number("rejected", 0, "index"));
        assertEquals("MISSING", batch.at("rejected", 1, "reason"));
        List<String> rows = stored(environment, "owner, type, name, verdict");
        assertEquals(List.of("u_1 track invoice.paid VERIFIED", "u_1 track invoice.paid VERIFIED"), rows);
        assertFalse(stored(environment, "body").toString().contains(good));
    }

    @Test
    void aSendoraEventOfNobody_isAnonymous_underItsSession() {
        TestEnvironment environment =
                client.environment("{\"name\":\"s\",\"profile\":\"sendora\",\"mode\":\"OBSERVE\"}");

        assertEquals(200, client.event(environment, sendora(null, null)).status());

        assertEquals(List.of("s-1 1 ACCEPTED"), stored(environment, "owner, anonymous, verdict"));
    }

    private Answer identify(TestEnvironment environment, String userId, String hash, Charset charset) {
        String basic = environment.apiKey() + ":" + userId + hash;
        String path = "/" + environment.apiKey() + "/users/"
                + URLEncoder.encode(userId, StandardCharsets.UTF_8).replace("+", "%20") + "/";
        String header = "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(charset));
        return client.admin("POST", path, "{\"email\":\"a@b.c\"}", header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234", "org:42:user", "user-é", "用户/42", "a b+c", "50%"})
    @Tag("R20")
    @Tag("R22")
    @Tag("R69")
    @Tag("T23")
    void aNotificationApiUser_isIdentifiedWithAGoodHash_andRefusedWithABadOne(String userId) {
        TestEnvironment environment =
                client.environment("{\"name\":\"n\",\"profile\":\"notificationapi\",\"mode\":\"STRICT\"}");
        String hash = Proofs.base64(environment.createKey().secret(), userId);

        Answer good = identify(environment, userId, ":" + hash, StandardCharsets.UTF_8);
        Answer bad =
                identify(environment, userId, ":" + Proofs.base64("another secret", userId), StandardCharsets.UTF_8);

        assertEquals(200, good.status(), good.text());
        assertEquals(401, bad.status());
        assertEquals("SIGNATURE_MISMATCH", bad.at("error", "reason"));
        assertEquals(List.of(userId + " identify VERIFIED"), stored(environment, "owner, type, verdict"));
        assertFalse(stored(environment, "body").toString().contains(hash));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", ":undefined"})
    void aNotificationApiUserWithoutAHash_hasNoProof_howeverTheClientSaysSo(String noHash) {
        TestEnvironment environment =
                client.environment("{\"name\":\"n\",\"profile\":\"notificationapi\",\"mode\":\"STRICT\"}");
        environment.createKey();

        assertEquals(
                "MISSING",
                identify(environment, "a:b", noHash, StandardCharsets.UTF_8).at("error", "reason"));
    }

    @Test
    void aBrowsersLatin1_isRead_andCredentialsOfAnotherUserAreNone() {
        TestEnvironment environment =
                client.environment("{\"name\":\"n\",\"profile\":\"notificationapi\",\"mode\":\"STRICT\"}");
        String hash = Proofs.base64(environment.createKey().secret(), "user-é");
        String path = "/" + environment.apiKey() + "/users/someone-else/";
        String basic = Base64.getEncoder()
                .encodeToString((environment.apiKey() + ":user-é:" + hash).getBytes(StandardCharsets.UTF_8));

        assertEquals(
                200,
                identify(environment, "user-é", ":" + hash, StandardCharsets.ISO_8859_1)
                        .status());
        assertEquals(401, client.admin("POST", path, "{}", "Basic " + basic).status());
        assertEquals(401, client.admin("POST", path, "{}", "").status());
        assertEquals(
                401,
                client.admin(
                                "POST",
                                "/pk_none/users/u",
                                "{}",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString("pk_none:u:x".getBytes(StandardCharsets.UTF_8)))
                        .status());
    }

    @Test
    void traitsThatAreNoObject_areRefused() {
        TestEnvironment environment = client.environment("hmac-base64", "OPTIONAL", "REJECT");
        String basic =
                Base64.getEncoder().encodeToString((environment.apiKey() + ":u").getBytes(StandardCharsets.UTF_8));
        for (String body : List.of("[]", "{}},\"userId\":\"x\"", "{\"a\":")) {
            Answer answer = client.admin("POST", "/" + environment.apiKey() + "/users/u", body, "Basic " + basic);
            assertEquals(400, answer.status(), body);
            assertEquals("INVALID_JSON", answer.at("error", "code"));
        }
    }
}
