package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.storage.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changes that are stored while the collector cannot read them back, and those that nobody told it of. */
@Timeout(120)
class UnreadableKeysTest extends CollectorTest {
    private TestEnvironment environment;
    private TestEnvironment.Key first;

    @BeforeEach
    void createEnvironment() {
        environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
        first = environment.createKey();
        // From the next change of a ring on, its primary has a status that cannot be read.
        for (String table : List.of("environment", "ring")) {
            execute(storage.createTrigger(
                    "lose_primary_" + table, table, "UPDATE signing_key SET status = 'LOST' WHERE status = 'PRIMARY'"));
        }
    }

    @AfterEach
    void repair() {
        execute(storage.dropTrigger("lose_primary_environment", "environment"));
        execute(storage.dropTrigger("lose_primary_ring", "ring"));
        execute("UPDATE signing_key SET status = 'PRIMARY' WHERE status = 'LOST'");
    }

    private void execute(String statement) {
        execute(collector, statement);
    }

    private static void execute(Collector collector, String statement) {
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
    void theRegularRefresh_takesOverWhatNobodyToldTheCollector(@TempDir Path directory) {
        try (TestStorage own = TestStorage.open(directory);
                Collector there = own.start(Time.ofSystem())) {
            TestEnvironment heard = new TestClient(there.url()).environment("hmac-hex", "OPTIONAL", "REJECT");
            TestEnvironment unheard = new TestEnvironment(heard.client(), "env_unheard", "pk_unheard");
            own.cutNews();
            execute(there, "UPDATE environment SET mode = 'STRICT' WHERE id = '" + heard.id() + "'");
            execute(
                    there,
                    "INSERT INTO environment (id, application, name, api_key, profile, form, group_keys, mode,"
                            + " anonymous, invalid_in_optional) VALUES ('env_unheard', 'app_default', 'n',"
                            + " 'pk_unheard', 'native', 'jwt', 0, 'OPTIONAL', 'REJECT', 'DROP')");
            List<Integer> before = List.of(statusOf(heard), statusOf(unheard));

            there.bean(LiveEnvironments.class).refreshAll();

            assertEquals(List.of(200, 401), before);
            assertEquals(List.of(401, 200), List.of(statusOf(heard), statusOf(unheard)));
        }
    }

    private static int statusOf(TestEnvironment environment) {
        return environment
                .client()
                .event(environment, Events.track(Events.id(), Events.user("u_1")))
                .status();
    }

    @Test
    void keysThatNothingConfirmedForFifteenMinutes_areUnavailable_ratherThanWrong(@TempDir Path directory) {
        AtomicLong nanos = new AtomicLong();
        try (TestStorage own = TestStorage.open(directory);
                Collector there = own.start(new Time(Clock.systemUTC(), nanos::get))) {
            TestEnvironment strict = new TestClient(there.url()).environment("hmac-hex", "STRICT", "REJECT");
            String proven = Events.user("u_1", Proofs.hex(strict.createKey().secret(), "u_1"));

            nanos.addAndGet(Duration.ofMinutes(16).toNanos());
            Answer stale = strict.client().event(strict, Events.track(Events.id(), proven));
            strict.client().put(strict.path("/mode"), "{\"mode\":\"STRICT\"}"); // Refreshes.
            Answer fresh = strict.client().event(strict, Events.track(Events.id(), proven));

            assertEquals(503, stale.status());
            assertEquals("KEYS_UNAVAILABLE", stale.at("error", "code"));
            assertTrue(stale.response().headers().firstValue("Retry-After").isPresent());
            assertEquals(200, fresh.status());
        }
    }
}
