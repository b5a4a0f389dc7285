package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two collectors on one database: what one is told, both do. */
@Timeout(120)
class InstancesTest {
    private final SteppedTime stepsOfOne = new SteppedTime();
    private final SteppedTime stepsOfTwo = new SteppedTime();
    private ScaledTestStorage storage;
    private Collector one;
    private Collector two;
    private TestClient first;
    private TestClient second;

    @BeforeEach
    void start() {
        storage = new ScaledTestStorage();
        one = storage.start("one", stepsOfOne.time());
        two = storage.start("two", stepsOfTwo.time());
        first = new TestClient(one.url());
        second = new TestClient(two.url());
    }

    @AfterEach
    void end() {
        if (two != null) {
            two.close();
        }
        if (one != null) {
            one.close();
        }
        storage.close();
    }

    /** Nobody is told of changes; who makes one is not kept waiting for long. */
    private void cutNotify() {
        storage.cutNews();
        stepsOfOne.losePatience();
    }

    private static Answer send(TestClient client, TestEnvironment environment, TestEnvironment.Key key) {
        return client.event(
                environment, Events.track(Events.id(), Events.user("u_1", Proofs.hex(key.secret(), "u_1"))));
    }

    @Test
    @Tag("R33")
    void aKeyRevokedThroughOne_isRefusedByTheOther_onTheNextRequest() {
        TestEnvironment environment = first.environment("hmac-hex", "STRICT", "REJECT");
        environment.createKey();
        for (int i = 0; i < 20; i++) {
            TestEnvironment.Key key = environment.createKey();
            assertEquals(200, send(second, environment, key).status());

            assertEquals(200, environment.revoke(key).status());
            Answer refused = send(second, environment, key);

            assertEquals(401, refused.status());
        }
    }

    @Test
    @Tag("R33")
    void withNotifyCut_aRevocationSaysThatItIsNotConfirmed_andCountsWithinSixtySeconds() {
        TestEnvironment environment = first.environment("hmac-hex", "STRICT", "REJECT");
        environment.createKey();
        TestEnvironment.Key key = environment.createKey();
        cutNotify();

        Answer revoked = environment.revoke(key);
        Answer stillThere = send(second, environment, key);
        stepsOfTwo.pass(Duration.ofSeconds(59));
        Answer still59 = send(second, environment, key);
        stepsOfTwo.pass(Duration.ofSeconds(60));
        Answer after60 = send(second, environment, key);

        assertEquals(500, revoked.status());
        assertEquals("CHANGE_NOT_CONFIRMED", revoked.at("error", "code"));
        assertEquals(401, send(first, environment, key).status());
        assertEquals(200, stillThere.status());
        assertEquals(200, still59.status());
        assertEquals(401, after60.status());
    }

    @Test
    @Tag("R41")
    void aNewKey_isPromotedOnlyAfterBothReportIt() {
        TestEnvironment environment = first.environment("hmac-hex", "STRICT", "REJECT");
        environment.createKey();
        cutNotify();

        Answer created = environment.createKeyAnswer();
        TestEnvironment.Key key = new TestEnvironment.Key(created.at("id"), "PENDING", created.at("secret"));
        Answer early = environment.promote(key);
        int refusedByTwo = send(second, environment, key).status();
        stepsOfOne.pass(Duration.ofSeconds(5)); // Its own change it has, and reports; nobody told it to.
        Answer stillEarly = environment.promote(key);
        stepsOfTwo.pass(Duration.ofSeconds(60));
        int takenByTwo = send(second, environment, key).status();
        Answer late = environment.promote(key);

        assertEquals(false, created.at("inUse"));
        assertEquals("VERIFIERS_BEHIND", early.at("error", "code"));
        assertTrue(early.<String>at("error", "message").contains("collector two (version 1 of 2)"), early.text());
        assertTrue(
                stillEarly.<String>at("error", "message").startsWith("not yet known to have the key: collector two ("),
                stillEarly.text());
        assertEquals(401, refusedByTwo);
        assertEquals(200, takenByTwo);
        assertTrue(
                late.status() == 200 || "CHANGE_NOT_CONFIRMED".equals(late.at("error", "code")),
                late.text()); // Promoted; that, too, reaches the other only later.
        assertTrue(first.get(environment.path("/keys")).text().contains("\"PRIMARY\""));
    }

    @Test
    void environmentsAndModes_ofOne_areThoseOfTheOther_atOnce() {
        TestEnvironment environment = first.environment("hmac-hex", "OPTIONAL", "REJECT");
        String unproven = Events.user("u_1");
        assertEquals(
                200,
                second.event(environment, Events.track(Events.id(), unproven)).status());

        first.put(environment.path("/mode"), "{\"mode\":\"STRICT\",\"confirm\":\"STRICT\"}");

        assertEquals(
                401,
                second.event(environment, Events.track(Events.id(), unproven)).status());
    }

    private Answer newCredential() {
        Answer created = first.post("/admin/credentials", "{\"name\":\"someone\",\"role\":\"ADMIN\"}");
        assertEquals(201, created.status(), created.text());
        return created;
    }

    private int remove(Answer credential) {
        String path = "/admin/credentials/" + credential.at("id");
        return first.admin("DELETE", path, "", "Bearer " + TestClient.ADMIN_TOKEN)
                .status();
    }

    private int usedAtTheOther(Answer credential) {
        return second.admin("GET", "/admin/environments", "", "Bearer " + credential.at("token"))
                .status();
    }

    @Test
    void aCredentialRemovedThroughOne_andItsSession_areRefusedByTheOther_onTheNextRequest() {
        for (int i = 0; i < 5; i++) { // Log-ins are few a minute.
            Answer credential = newCredential();
            assertEquals(200, usedAtTheOther(credential));
            String cookie = second.logIn(credential.at("token"));
            assertEquals(200, dashboardOfTheOther(cookie));

            assertEquals(204, remove(credential));
            int token = usedAtTheOther(credential);
            int session = dashboardOfTheOther(cookie);

            assertEquals(401, token);
            assertEquals(401, session);
        }
    }

    private int dashboardOfTheOther(String cookie) {
        return second.form("GET", "/dashboard", "", "Cookie", cookie).status();
    }

    @Test
    void withNotifyCut_aRemovedCredentialIsSaidToBeUnconfirmed_andEndsWithinSixtySeconds() {
        Answer credential = newCredential();
        cutNotify();

        int removed = remove(credential);
        int stillThere = usedAtTheOther(credential);
        stepsOfTwo.pass(Duration.ofSeconds(60));
        int after60 = usedAtTheOther(credential);

        assertEquals(500, removed);
        assertEquals(200, stillThere);
        assertEquals(401, after60);
    }

    @Test
    void aCollectorThatEndsInOrder_isWaitedForNoMore() {
        TestEnvironment environment = first.environment("hmac-hex", "STRICT", "REJECT");
        environment.createKey();
        two.close();
        two = null;

        TestEnvironment.Key key = environment.createKey();

        assertEquals(200, environment.promote(key).status());
    }
}
