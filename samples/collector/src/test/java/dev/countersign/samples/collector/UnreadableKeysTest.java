package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.storage.Database;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes that are stored while the collector cannot read them back, and those that nobody told it of. */
class UnreadableKeysTest extends CollectorTest {
    private TestEnvironment environment;
    private TestEnvironment.Key first;

    @BeforeEach
    void createEnvironment() {
        environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
        first = environment.createKey();
        // From the next change of a ring on, its primary has a status that cannot be read.
        for (String table : List.of("environment", "ring")) {
            execute("CREATE TRIGGER lose_primary_" + table + " AFTER UPDATE ON " + table + " BEGIN"
                    + " UPDATE signing_key SET status = 'LOST' WHERE status = 'PRIMARY'; END");
        }
    }

    @AfterEach
    void repair() {
        execute("DROP TRIGGER IF EXISTS lose_primary_environment");
        execute("DROP TRIGGER IF EXISTS lose_primary_ring");
        execute("UPDATE signing_key SET status = 'PRIMARY' WHERE status = 'LOST'");
    }

    private void execute(String statement) {
        collector
                .bean(Database.class)
                .writeAndWait(sql -> sql.statement(statement).execute());
    }

    private Answer send(String user) {
        return client.event(environment, Events.track(Events.id(), user));
    }

    @Test
    void aStricterMode_countsAtOnce_thoughTheAnswerCannotConfirmTheKeys() {
        Answer change = client.put(environment.path("/mode"), "{\"mode\":\"STRICT\",\"confirm\":\"STRICT\"}");

        assertEquals(500, change.status(), change.text());
        assertEquals("CHANGE_NOT_CONFIRMED", change.at("error", "code"));
        assertEquals("MISSING", send(Events.user("u_1")).at("error", "reason"));
        assertEquals(
                200, send(Events.user("u_1", Proofs.hex(first.secret(), "u_1"))).status());
    }

    @Test
    void aNewKeysSecret_isShown_thoughTheKeyIsNotInUseYet() {
        Answer created = environment.createKeyAnswer();

        assertEquals(201, created.status(), created.text());
        assertTrue(created.<String>at("secret").startsWith("sis_"));
        assertEquals(false, created.at("inUse"));
        String user = Events.user("u_1", Proofs.hex(created.at("secret"), "u_1"));
        assertEquals(401, send(user).status());

        repair();
        Answer confirmed = client.put(environment.path("/mode"), "{\"mode\":\"STRICT\",\"confirm\":\"STRICT\"}");
        assertEquals(200, confirmed.status(), confirmed.text());
        assertEquals(200, send(user).status());
        assertEquals(true, environment.createKeyAnswer().at("inUse"));
    }

    @Test
    void theRegularRefresh_takesOverWhatNobodyToldTheCollector() {
        repair();
        TestEnvironment unheard = new TestEnvironment(client, "env_unheard", "pk_unheard");
        execute("UPDATE environment SET mode = 'STRICT' WHERE id = '" + environment.id() + "'");
        execute("INSERT INTO environment (id, application, name, api_key, profile, form, group_keys, mode,"
                + " anonymous, invalid_in_optional) VALUES ('env_unheard', 'app_default', 'n', 'pk_unheard', 'native',"
                + " 'jwt', 0, 'OPTIONAL', 'REJECT', 'DROP')");
        String event = Events.track(Events.id(), Events.user("u_1"));
        List<Integer> before = List.of(
                client.event(environment, event).status(),
                client.event(unheard, event).status());

        collector.bean(LiveEnvironments.class).refreshAll();

        assertEquals(List.of(200, 401), before);
        assertEquals(401, send(Events.user("u_1")).status());
        assertEquals(200, client.event(unheard, event).status());
    }
}
