package dev.countersign.samples.backends.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every token back end does, whatever it is written in: checked from outside, on a running process. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class BackEndContract extends LoginContract implements StartUpContract, StaleRingContract, FullRoundContract {
    BackEndContract(BackEndUnderTest backEnd) {
        super(backEnd);
    }

    // The identity, and whose it is

    @Test
    void withoutASession_thereIsNoIdentity() throws Exception {
        Answer answer = browser().identity("hex0");

        assertEquals(401, answer.status());
        assertEquals("NOT_LOGGED_IN", answer.errorCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SESSION=%%%", "JSESSIONID=x; SESSION=x; session=x; sid=x", "userId=u_123"})
    void aForgedCookie_isNoSession(String cookie) throws Exception {
        assertEquals(401, identityWithCookie(cookie).status());
    }

    @Test
    @Tag("T31")
    void anIdInTheRequest_changesNothing() throws Exception {
        Browser ada = loggedIn("ada");
        String expected = ada.identity("hex0").string("identityToken");
        String body = "{\"userId\":\"u_456\",\"groupId\":\"other\"}";

        Answer answer = ada.send(ada.request(
                        "/identity?environment=hex0&userId=u_456&user_id=u_456&id=u_456&groupId=other&username=grace")
                .header("X-User-Id", "u_456")
                .header("Content-Type", "application/json")
                .method("GET", BodyPublishers.ofString(body)));

        assertEquals("u_123", answer.string("userId"));
        assertEquals("acme", answer.string("groupId"));
        assertEquals(expected, answer.string("identityToken"));
        Answer posted = ada.send(ada.request("/identity?environment=hex0")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        assertTrue(posted.status() >= 400, "status " + posted.status());
    }

    @Test
    void twoUsersAtOnce_eachGetTheirOwnIdentity() throws Exception {
        List<Browser> users = List.of(loggedIn("ada"), loggedIn("grace"));

        IntStream.range(0, 200).parallel().forEach(i -> {
            Answer answer = users.get(i % 2).identity("hex0");
            assertEquals(i % 2 == 0 ? "u_123" : "u_456", answer.string("userId"));
        });
    }

    @Test
    @Tag("R80")
    void anIdentity_isNeverStoredByACacheAndExpires() throws Exception {
        Instant asked = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        Answer answer = loggedIn("ada").identity("hex0");

        assertEquals(200, answer.status());
        assertTrue(answer.header("cache-control").contains("no-store"), answer.header("cache-control"));
        assertTrue(answer.header("content-type").startsWith("application/json"), answer.header("content-type"));
        assertEquals("k1", answer.string("signingKeyName"));
        Duration lifetime = Duration.between(asked, Instant.parse(answer.string("expiresAt")));
        assertTrue(lifetime.compareTo(Duration.ofMinutes(15)) >= 0, lifetime.toString());
        assertTrue(lifetime.compareTo(Duration.ofMinutes(16)) < 0, lifetime.toString());
    }

    @Test
    void aUserWithoutAGroup_getsNoGroupProof() throws Exception {
        Map<String, Object> identity = loggedIn("grace").identity("hex0").json();

        assertEquals(Set.of("userId", "identityToken", "signingKeyName", "expiresAt"), identity.keySet(), "members");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/identity?environment=hex0", "/login", "/health"})
    void anotherOrigin_isNeverLetIn(String path) throws Exception {
        for (String method : List.of("GET", "OPTIONS")) {
            Browser ada = loggedIn("ada");
            Answer answer = ada.send(ada.request(path)
                    .header("Origin", "https://evil.example")
                    .header("Access-Control-Request-Method", "GET")
                    .method(method, BodyPublishers.noBody()));

            assertTrue(answer.headers().keySet().stream().noneMatch(name -> name.startsWith("access-control-")), path);
        }
    }

    @Test
    void anEnvironmentThatIsNotConfigured_isABadRequestByName() throws Exception {
        Browser ada = loggedIn("ada");

        for (String query : List.of("", "?environment=", "?environment=other")) {
            Answer answer = ada.get("/identity" + query);
            assertEquals(400, answer.status(), query);
            assertEquals("UNKNOWN_ENVIRONMENT", answer.errorCode(), query);
        }
    }

    // The proofs

    @ParameterizedTest
    @CsvSource({"hex, hex", "base, base64", "v, hmac_v1"})
    @Tag("R28")
    @Tag("T15")
    @Tag("T16")
    @Tag("T20")
    void everyVector_isTheProofThatTheUserGets(String environment, String form) throws Exception {
        List<String> ids = vectors.ids();
        for (int user = 0; user < ids.size(); user++) {
            Browser browser = loggedIn("vector" + user);
            for (int i = 0; i < vectors.secrets().size(); i++) {
                String secret = vectors.secrets().get(i);
                String groupId = ids.get((user + 1) % ids.size());

                Answer answer = browser.identity(environment + i);

                assertEquals(ids.get(user), answer.string("userId"));
                Proofs.assertProof(
                        vectors.proof(secret, ids.get(user), form),
                        answer.string("identityToken"),
                        form,
                        secret,
                        ids.get(user));
                assertEquals(groupId, answer.string("groupId"));
                Proofs.assertProof(
                        vectors.proof(secret, groupId, form), answer.string("groupToken"), form, secret, groupId);
            }
        }
    }

    @Test
    void aJwt_carriesUserAndGroupForOneAudienceAndAnExpiry() throws Exception {
        Answer answer = loggedIn("ada").identity("jwt");

        String[] parts = answer.string("identityToken").split("\\.");
        Map<String, Object> header = decoded(parts[0]);
        Map<String, Object> claims = decoded(parts[1]);
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        assertArrayEquals(Ring.hmacSha256(JWT_SECRET, parts[0] + "." + parts[1]), signature);
        assertEquals("HS256", header.get("alg"));
        assertEquals(answer.string("signingKeyName"), header.get("kid"));
        assertEquals("u_123", claims.get("sub"));
        assertEquals("u_123", ((Map<?, ?>) claims.get("visitor")).get("id"));
        assertEquals("acme", ((Map<?, ?>) claims.get("account")).get("id"));
        assertEquals("env_production", claims.get("aud"));
        assertEquals("acme", answer.string("groupId"));
        assertNull(answer.string("groupToken"), "the token proves the group as well");
        Instant expiry = Instant.ofEpochSecond(((Double) claims.get("exp")).longValue());
        assertEquals(expiry, Instant.parse(answer.string("expiresAt")));
        long lifetime = Duration.between(Instant.now(), expiry).toSeconds();
        assertTrue(lifetime > 240 && lifetime <= 300, "lifetime " + lifetime);
        assertTrue(((Double) claims.get("iat")).longValue() <= Instant.now().getEpochSecond());
    }

    @Test
    void everyJwt_hasANonceOfItsOwn() throws Exception {
        Browser ada = loggedIn("ada");
        Set<Object> nonces = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            nonces.add(decoded(ada.identity("jwt").string("identityToken").split("\\.")[1])
                    .get("nonce"));
        }

        assertEquals(20, nonces.size());
        assertTrue(nonces.stream().allMatch(nonce -> nonce.toString().length() >= 22), "128 bits or more");
    }

    // The keys

    @Test
    void aChangedRing_isUsedWithoutARestart() throws Exception {
        Browser ada = loggedIn("ada");
        assertEquals(hex(OLD_SECRET, "u_123"), ada.identity("rotated").string("identityToken"));

        installation.ring("rotated", 2, Ring.key("k1", "primary", OLD_SECRET), Ring.key("k2", "pending", NEW_SECRET));
        await(() -> health("rotated").get("ringVersion").equals(2.0));
        assertEquals("k1", health("rotated").get("primary"));
        assertEquals(hex(OLD_SECRET, "u_123"), ada.identity("rotated").string("identityToken"));

        installation.ring("rotated", 3, Ring.key("k1", "retiring", OLD_SECRET), Ring.key("k2", "primary", NEW_SECRET));
        await(() -> health("rotated").get("ringVersion").equals(3.0));
        assertEquals("k2", health("rotated").get("primary"));
        Answer rotated = ada.identity("rotated");
        assertEquals("k2", rotated.string("signingKeyName"));
        assertEquals(hex(NEW_SECRET, "u_123"), rotated.string("identityToken"));
        assertEquals(hex(NEW_SECRET, "acme"), rotated.string("groupToken"));

        installation.ring("rotated", 2, Ring.key("k1", "primary", OLD_SECRET));
        await(() -> health("rotated").get("lastFailure") != null);
        assertEquals(3.0, health("rotated").get("ringVersion"), "an older ring is refused");
    }

    @Test
    void aBrokenRing_leavesTheLastGoodOneInUseAndIsReported() throws Exception {
        Path ring = installation.ringFile("broken");
        Browser ada = loggedIn("ada");
        String proof = ada.identity("broken").string("identityToken");

        for (String broken : List.of("", backEnd().format().tornRing(2, NEW_SECRET))) {
            int printed = process.output().length();
            Files.writeString(ring, broken);
            await(() -> health("broken").get("lastFailure") != null);
            await(() -> process.output()
                    .substring(printed)
                    .contains(ring.getFileName().toString()));
            assertEquals(1.0, health("broken").get("ringVersion"));
            assertNamesNoPath(health("broken"));
            assertEquals(proof, ada.identity("broken").string("identityToken"));

            installation.ring("broken", 1, Ring.key("k1", "primary", OLD_SECRET));
            await(() -> health("broken").get("lastFailure") == null);
        }
        Files.delete(ring);
        await(() -> health("broken").get("lastFailure") != null);
        assertNamesNoPath(health("broken"));
        assertEquals(proof, ada.identity("broken").string("identityToken"));
    }

    // Secrets

    @Test
    @Order(Integer.MAX_VALUE)
    @Tag("R39")
    void whateverWasAskedAbove_noSecretWasAnsweredOrLogged() throws Exception {
        for (String secret : secrets) {
            assertFalse(process.output().contains(secret), "the log holds a secret");
            assertFalse(
                    transcript.stream().anyMatch(answer -> answer.toString().contains(secret)), "an answer holds one");
        }
        for (Answer answer : transcript) {
            assertTrue(answer.headers().keySet().stream().noneMatch(name -> name.startsWith("access-control-")));
        }
        assertFalse(process.output().contains("word-of-"), "the log holds a password");
        assertFalse(process.output().contains(hex(OLD_SECRET, "u_123")), "the log holds a proof");
    }
}
