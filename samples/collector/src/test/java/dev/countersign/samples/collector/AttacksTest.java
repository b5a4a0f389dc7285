package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an attacker may try who has the API key, which is public, an account of their own with its genuine proof, and
 * knows the ids of others: each attempt is refused, and the victim is not disturbed by it.
 */
class AttacksTest extends CollectorTest {
    private TestEnvironment environment;
    private String secret;

    @BeforeEach
    void createEnvironment() {
        environment = client.environment("hmac-hex", "STRICT", "REJECT");
        secret = environment.createKey().secret();
    }

    private String victim() {
        return Events.user("victim", Proofs.hex(secret, "victim"));
    }

    private String attacker() {
        return Events.user("attacker", Proofs.hex(secret, "attacker"));
    }

    private static void assertRefused(String reason, Answer answer) {
        assertEquals(401, answer.status(), answer.text());
        assertEquals("IDENTITY_UNVERIFIED", answer.at("error", "code"));
        assertEquals(reason, answer.at("error", "reason"));
    }

    @ParameterizedTest
    @CsvSource({"STRICT", "OPTIONAL", "OBSERVE"})
    void preSendingAVictimsEventId_withoutAProofThatHolds_burnsNothing(String mode) {
        TestEnvironment there = client.environment("hmac-hex", mode, "ALLOW");
        String proof = Proofs.hex(there.createKey().secret(), "victim");
        String id = Events.id();
        String othersProof = Proofs.hex(secret, "victim"); // Genuine, of another environment.
        for (String forged : List.of(
                Events.user("victim"),
                Events.user("victim", "00".repeat(32)),
                Events.user("victim", othersProof),
                Events.anonymous("a_" + id))) {
            client.event(there, Events.track(id, forged).replace("Invoice Paid", "Burned"));
        }

        Answer victims = client.event(there, Events.track(id, Events.user("victim", proof)));
        Answer tooLate =
                client.event(there, Events.track(id, Events.user("victim")).replace("Paid", "Burned"));

        assertEquals(200, victims.status(), victims.text());
        boolean refused = tooLate.status() == 401 || tooLate.status() == 409;
        assertTrue(refused || !mode.equals("STRICT") && !storage.answersRepeats(), tooLate.text());
        assertEquals(List.of("victim Invoice Paid VERIFIED"), stored(there, "owner, name, verdict"));
    }

    /** The limit that the documentation names: it takes a genuine proof and a guess of 74 random bits. */
    @Test
    void preSendingAVictimsEventId_asAnotherVerifiedUser_isToldToTheVictim_whoseOtherEventsLand() {
        String guessed = Events.id();
        client.event(environment, Events.track(guessed, attacker()));
        storage.settle();

        Answer victims =
                client.batch(environment, Events.track(guessed, victim()), Events.track(Events.id(), victim()));

        if (storage.answersRepeats()) {
            assertEquals(1, victims.number("accepted"));
            assertEquals("EVENT_ID_CONFLICT", victims.at("rejected", 0, "code"));
        }
        assertEquals(
                List.of("attacker", "victim"),
                stored(environment, "owner").stream().sorted().toList());
    }

    @Test
    void overwritingAVictimsStoredEvent_isAConflict() {
        String id = Events.id();
        client.event(environment, Events.track(id, victim()));
        storage.settle();

        Answer other = client.event(environment, Events.track(id, attacker()));

        assertEquals(storage.answersRepeats() ? 409 : 200, other.status());
        assertEquals(List.of("victim VERIFIED"), stored(environment, "owner, verdict"));
    }

    @Test
    @Tag("R35")
    void theSameEventIdInAnotherEnvironment_isAnotherEvent_andTheProofOfOneIsNoneInTheOther() {
        TestEnvironment staging = client.environment("hmac-hex", "STRICT", "REJECT");
        String stagingSecret = staging.createKey().secret();
        String id = Events.id();
        String stagingVictim = Events.user("victim", Proofs.hex(stagingSecret, "victim"));

        Answer there = client.event(staging, Events.track(id, stagingVictim).replace("Paid", "Faked"));
        Answer carriedOver = client.event(environment, Events.track(id, stagingVictim));
        Answer victims = client.event(environment, Events.track(id, victim()));

        assertEquals(200, there.status());
        assertRefused("SIGNATURE_MISMATCH", carriedOver);
        assertEquals(200, victims.status(), victims.text());
        assertEquals(List.of("victim Invoice Paid"), stored(environment, "owner, name"));
        assertEquals(List.of("victim Invoice Faked"), stored(staging, "owner, name"));
    }

    @Test
    @Tag("T12")
    void linkingAVictimsAnonymousId_afterTheVictim_orWithoutAProof_changesNothing() {
        TestEnvironment optional = client.environment("hmac-hex", "OPTIONAL", "ALLOW");
        String key = optional.createKey().secret();
        String link = optional.path("/anonymous/a_victim");
        String anonymous = Events.anonymous("a_victim");
        client.event(optional, Events.track(Events.id(), anonymous));

        client.event(optional, Events.track(Events.id(), Events.user("attacker"), anonymous));
        client.event(optional, Events.track(Events.id(), Events.user("attacker", "00".repeat(32)), anonymous));
        storage.settle();
        int unproven = client.get(link).status();
        client.event(optional, Events.track(Events.id(), Events.user("victim", Proofs.hex(key, "victim")), anonymous));
        storage.settle();
        client.event(
                optional, Events.track(Events.id(), Events.user("attacker", Proofs.hex(key, "attacker")), anonymous));
        storage.settle();

        assertEquals(404, unproven);
        assertEquals("victim", client.get(link).at("userId"));
    }

    /** The limit that the documentation names: hence anonymous ids must be random, as the SDKs' are. */
    @Test
    @Tag("R57")
    void linkingAGuessedAnonymousId_beforeTheVictim_givesTheAttackerNoneOfTheVictimsUserIds() {
        String link = environment.path("/anonymous/guessed");
        client.event(environment, Events.track(Events.id(), attacker(), Events.anonymous("guessed")));
        storage.settle();

        Answer victims = client.event(environment, Events.track(Events.id(), victim(), Events.anonymous("guessed")));
        storage.settle();

        assertEquals(200, victims.status());
        assertEquals("attacker", client.get(link).at("userId"));
        assertEquals(
                List.of("attacker", "victim"),
                stored(environment, "owner").stream().sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac-hex", "hmac-base64", "hmac-v1", "jwt"})
    @Tag("R18")
    void aGroupProofOfAnotherGroup_isRefused_andTheVictimsGroupHearsNothing(String form) {
        TestEnvironment there = client.environment(form, "STRICT", "REJECT");
        String key = there.createKey().secret();
        String attackers = Events.user("attacker", proof(form, key, there, "attacker", true));
        String own = proof(form, key, there, "attackers-inc", false);

        Answer other = client.event(there, Events.track(Events.id(), attackers, Events.group("victims-inc", own)));
        Answer none = client.event(there, Events.track(Events.id(), attackers, Events.group("victims-inc")));
        Answer honest = client.event(there, Events.track(Events.id(), attackers, Events.group("attackers-inc", own)));

        assertRefused(form.equals("jwt") ? "SUBJECT_MISMATCH" : "SIGNATURE_MISMATCH", other);
        assertRefused("MISSING", none);
        assertEquals(200, honest.status(), honest.text());
        assertEquals(1, stored(there, "id").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac-hex", "hmac-base64", "hmac-v1", "jwt"})
    @Tag("R18")
    @Tag("T1")
    void aUsersProofUsedForAGroup_isRefused_evenWhereTheIdsAreTheSame(String form) {
        boolean jwt = form.equals("jwt");
        TestEnvironment there = client.environment(
                "{\"name\":\"g\",\"form\":\"" + form + "\",\"mode\":\"STRICT\",\"groupKeys\":" + !jwt + "}");
        String key = there.createKey().secret();
        if (!jwt) {
            client.post(there.path("/group-keys"), "{\"description\":\"groups\"}");
        }
        String proof = proof(form, key, there, "42", true);
        String user = Events.user("42", proof);

        Answer same = client.event(there, Events.track(Events.id(), user, Events.group("42", proof)));
        Answer other = client.event(there, Events.track(Events.id(), user, Events.group("43", proof)));

        assertEquals(401, same.status(), same.text());
        assertEquals(401, other.status(), other.text());
        assertEquals(List.of(), stored(there, "id"));
    }

    private static String proof(String form, String secret, TestEnvironment of, String id, boolean user) {
        return switch (form) {
            case "hmac-hex" -> Proofs.hex(secret, id);
            case "hmac-base64" -> Proofs.base64(secret, id);
            case "hmac-v1" -> Proofs.v1(secret, id);
            default -> {
                String named = EnforcementTest.id(id);
                yield Proofs.jwt(secret, EnforcementTest.claims(of, user ? named : "{}", user ? "{}" : named));
            }
        };
    }

    @Test
    @Tag("R48")
    void aProofThatDoesNotHold_isOnNoRouteTakenForNone() {
        TestEnvironment optional = client.environment("hmac-hex", "OPTIONAL", "ALLOW");
        optional.createKey();
        String forged = Events.user("victim", Proofs.hex(secret, "victim"));
        String identify = "{\"id\":\"%s\",\"type\":\"identify\",\"traits\":{\"plan\":\"stolen\"},%s}";
        String group = "{\"id\":\"%s\",\"type\":\"group\",\"groupId\":\"victims-inc\",%s}";

        for (String event : List.of(
                Events.track(Events.id(), forged),
                identify.formatted(Events.id(), forged),
                group.formatted(Events.id(), forged),
                "{\"eventType\":\"paid\"," + forged + "}")) {
            assertRefused("SIGNATURE_MISMATCH", client.event(optional, event));
        }
        assertEquals(List.of(), stored(optional, "id"));
    }

    /** What enforcement is for: the same requests of somebody without a proof, before and after the switch. */
    @Test
    @Tag("R56")
    void whatAnybodyCanDoToAVictimWithoutEnforcement_isRefusedWithIt() {
        TestEnvironment open = client.environment("hmac-hex", "OBSERVE", "ALLOW");
        open.createKey();
        List<String> attack = List.of(
                "{\"id\":\"%s\",\"type\":\"identify\",\"userId\":\"victim\",\"traits\":{\"plan\":\"free\"}}",
                "{\"id\":\"%s\",\"type\":\"track\",\"name\":\"Account Deleted\",\"userId\":\"victim\"}",
                "{\"id\":\"%s\",\"type\":\"group\",\"userId\":\"victim\",\"groupId\":\"victims-inc\",\"traits\":{}}");
        for (String event : attack) {
            assertEquals(200, client.event(open, event.formatted(Events.id())).status());
        }
        client.put(open.path("/mode"), "{\"mode\":\"STRICT\",\"confirm\":\"STRICT\"}");
        for (String event : attack) {
            assertRefused("MISSING", client.event(open, event.formatted(Events.id())));
        }

        assertEquals(List.of("ACCEPTED", "ACCEPTED", "ACCEPTED"), stored(open, "verdict"));
    }
}
