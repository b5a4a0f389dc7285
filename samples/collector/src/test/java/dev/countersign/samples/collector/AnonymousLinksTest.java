package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An anonymous id joins the first verified user who claims it, and never moves. */
class AnonymousLinksTest extends CollectorTest {
    private TestEnvironment environment;
    private String secret;

    @BeforeEach
    void createEnvironment() {
        environment = client.environment("hmac-hex", "OPTIONAL", "ALLOW");
        secret = environment.createKey().secret();
    }

    private Answer link(String anonymousId) {
        return client.get(environment.path("/anonymous/" + anonymousId));
    }

    private void claim(String userId, String proof, String anonymousId) {
        String user = proof == null ? Events.user(userId) : Events.user(userId, proof);
        client.event(environment, Events.track(Events.id(), user, Events.anonymous(anonymousId)));
    }

    @Test
    @Tag("R74")
    @Tag("T12")
    void theFirstVerifiedUser_getsTheId_andAnAttackerDoesNotTakeItOver() {
        client.event(environment, Events.track(Events.id(), Events.anonymous("a_1")));
        assertEquals(404, link("a_1").status());

        claim("victim", Proofs.hex(secret, "victim"), "a_1");
        storage.settle();
        claim("attacker", Proofs.hex(secret, "attacker"), "a_1");
        claim("attacker", Proofs.hex(secret, "attacker"), "a_1");

        storage.settle();
        assertEquals("victim", link("a_1").at("userId"));
    }

    @Test
    @Tag("T12")
    void whoProvesNothing_linksNothing() {
        claim("victim", null, "a_2");
        claim("victim", "00".repeat(32), "a_2");
        storage.settle();

        assertEquals(404, link("a_2").status());
    }

    @Test
    void anotherEnvironment_hasItsOwnIds() {
        claim("u_1", Proofs.hex(secret, "u_1"), "a_3");
        TestEnvironment other = client.environment("hmac-hex", "OPTIONAL", "ALLOW");

        assertEquals(404, client.get(other.path("/anonymous/a_3")).status());
        storage.settle();
        assertEquals("u_1", link("a_3").at("userId"));
    }
}
