package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes with a vendor's scheme: names of proofs, the anonymous visitor, the audience, invalid proofs in OPTIONAL. */
class ProfilesTest extends CollectorTest {
    private TestEnvironment environment(String profile, String rest) {
        return client.environment("{\"name\":\"p\",\"profile\":\"" + profile + "\"," + rest + "}");
    }

    private static final String NONCE = "\"nonce\":\"5f0c4b9e2d7a41c85f0c4b9e2d7a41c8\"";

    @ParameterizedTest
    @CsvSource({
        "userflow, signature, hex",
        "userflow, identityToken, hex",
        "notificationapi, userIdHash, base64",
        "notificationapi, hashedUserId, base64",
        "sendora, identityToken, v1",
    })
    @Tag("R21")
    void aProof_goesByTheNameOfItsProfile_andIsNeverStored(String profile, String name, String form) {
        TestEnvironment environment = environment(profile, "\"mode\":\"STRICT\"");
        String secret = environment.createKey().secret();
        String proof = form.equals("hex")
                ? Proofs.hex(secret, "u_1")
                : form.equals("base64") ? Proofs.base64(secret, "u_1") : Proofs.v1(secret, "u_1");

        Answer answer =
                client.event(environment, Events.track(Events.id(), Events.user("u_1"), Events.text(name, proof)));

        assertEquals(200, answer.status(), answer.text());
        assertEquals(List.of("VERIFIED"), stored(environment, "verdict"));
        assertFalse(stored(environment, "body").toString().contains(proof));
    }

    @Test
    void aProofUnderAForeignName_isAnError_andNotContent() {
        TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
        String proof = Proofs.hex(environment.createKey().secret(), "u_1");

        Answer answer = client.event(
                environment, Events.track(Events.id(), Events.user("u_1"), Events.text("userIdHash", proof)));
        Answer two = client.event(
                environment("userflow", "\"mode\":\"OPTIONAL\""),
                Events.track(Events.id(), Events.user("u_1", proof), Events.text("signature", proof)));

        assertEquals(400, answer.status());
        assertEquals(
                "userIdHash is not the name of a proof in this environment's profile", answer.at("error", "message"));
        assertEquals(400, two.status());
    }

    @Test
    @Tag("R1")
    @Tag("R12")
    @Tag("R13")
    @Tag("R15")
    @Tag("T14")
    @Tag("T29")
    void pendosOwnTokens_areVerified_withoutAudienceAndExpiry() {
        TestEnvironment environment = environment("pendo", "\"mode\":\"STRICT\"");
        String secret = environment.createKey().secret();
        String token = Proofs.jwt(secret, "{\"visitor\":{\"id\":\"u_1\"},\"account\":{\"id\":\"acme\"}," + NONCE + "}");
        String nobody = Proofs.jwt(secret, "{\"visitor\":{\"id\":\"\"},\"account\":{\"id\":\"acme\"}," + NONCE + "}");
        String absent = Proofs.jwt(secret, "{\"visitor\":{}," + NONCE + "}");

        Answer named =
                client.event(environment, Events.track(Events.id(), Events.user("u_1"), Events.text("jwt", token)));
        Answer empty = client.event(
                environment,
                Events.track(Events.id(), Events.user(""), Events.anonymous("a_1"), Events.text("jwt", nobody)));
        Answer without = client.event(
                environment, Events.track(Events.id(), Events.anonymous("a_1"), Events.text("jwt", absent)));
        Answer beside = client.event(
                environment,
                Events.track(
                        Events.id(), Events.user("u_1"), Events.text("jwt", token), "\"visitor\":{\"plan\":\"free\"}"));

        assertEquals(200, named.status(), named.text());
        assertEquals(200, empty.status(), empty.text());
        assertEquals(200, without.status(), without.text());
        assertEquals(400, beside.status());
        assertEquals(List.of("u_1 VERIFIED", "a_1 ACCEPTED", "a_1 ACCEPTED"), stored(environment, "owner, verdict"));
    }

    @Test
    @Tag("T32")
    void anInvalidProofInOptional_isDroppedOrMarked_asTheEnvironmentSays() {
        TestEnvironment drops = environment("userflow", "\"mode\":\"OPTIONAL\"");
        TestEnvironment marks = environment("userflow", "\"mode\":\"OPTIONAL\",\"invalidInOptional\":\"MARK\"");
        drops.createKey();
        marks.createKey();
        String wrong = "00".repeat(32);

        assertEquals(
                401,
                client.event(drops, Events.track(Events.id(), Events.user("u_1", wrong)))
                        .status());
        assertEquals(
                200,
                client.event(marks, Events.track(Events.id(), Events.user("u_1", wrong)))
                        .status());

        assertEquals(List.of("MARKED_FAILED SIGNATURE_MISMATCH"), stored(marks, "verdict, reason"));
    }

    @Test
    @Tag("T1")
    @Tag("R18")
    void groupsWithKeysOfTheirOwn_refuseAUsersProof_thoughTheIdsAreTheSame() {
        TestEnvironment environment = environment("userflow", "\"mode\":\"STRICT\",\"groupKeys\":true");
        String users = environment.createKey().secret();
        Answer created = client.post(environment.path("/group-keys"), "{\"description\":\"groups\"}");
        String groups = created.at("secret");
        String user = Events.user("42", Proofs.hex(users, "42"));

        Answer confused =
                client.event(environment, Events.track(Events.id(), user, Events.group("42", Proofs.hex(users, "42"))));
        Answer own = client.event(
                environment, Events.track(Events.id(), user, Events.group("42", Proofs.hex(groups, "42"))));
        Answer swapped =
                client.event(environment, Events.track(Events.id(), Events.user("42", Proofs.hex(groups, "42"))));

        assertEquals("SIGNATURE_MISMATCH", confused.at("error", "reason"));
        assertEquals(200, own.status(), own.text());
        assertEquals("SIGNATURE_MISMATCH", swapped.at("error", "reason"));
        assertEquals(
                404,
                client.get(client.environment("hmac-hex", "STRICT", "REJECT").path("/group-keys"))
                        .status());
    }

    @Test
    void aProfile_hasItsForm_andOnlyThat() {
        Answer wrong = client.post(
                "/admin/environments",
                "{\"name\":\"p\",\"profile\":\"userflow\",\"form\":\"jwt\",\"mode\":\"STRICT\"}");
        Answer unknown =
                client.post("/admin/environments", "{\"name\":\"p\",\"profile\":\"acme\",\"mode\":\"STRICT\"}");
        Answer jwtGroups = client.post(
                "/admin/environments", "{\"name\":\"p\",\"form\":\"jwt\",\"groupKeys\":true,\"mode\":\"STRICT\"}");

        assertEquals(400, wrong.status());
        assertEquals(400, unknown.status());
        assertTrue(jwtGroups.<String>at("error", "message").startsWith("groupKeys"), jwtGroups.text());
    }
}
