package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.operation.Housekeeping;
import dev.countersign.samples.collector.runtime.Time;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes away by itself, and when; on a clock that the test sets. */
@Timeout(120)
class HousekeepingTest {
    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T10:00:00Z"));

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };

    private TestStorage storage;

    @BeforeEach
    void open() {
        storage = TestStorage.open(directory);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private Collector start() {
        return storage.start(new Time(clock, System::nanoTime));
    }

    private void later(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    @Test
    @Tag("R33")
    void aRevokedSecret_isErasedAfterThirtyDays_andEventsAfterTheirRetention() {
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            TestEnvironment environment = client.environment("hmac-hex", "OPTIONAL", "REJECT");
            environment.createKey();
            TestEnvironment.Key second = environment.createKey();
            environment.revoke(second);
            client.event(environment, Events.track(Events.id(), Events.user("u_1")));

            storage.settle();
            later(Duration.ofDays(29));
            collector.bean(Housekeeping.class).tidyUp();
            String before = diagnosis(environment, second);
            client.event(environment, Events.track(Events.id(), Events.user("u_2")));
            storage.settle();
            later(Duration.ofDays(2));
            collector.bean(Housekeeping.class).tidyUp();

            assertEquals("REVOKED_KEY", before);
            assertEquals("UNKNOWN", diagnosis(environment, second));
            assertEquals(List.of("u_2"), storage.rows(environment, "owner"));
            assertTrue(client.get(environment.path("/keys")).text().contains(second.id()));
        }
    }

    private static String diagnosis(TestEnvironment environment, TestEnvironment.Key key) {
        return environment
                .client()
                .post(
                        environment.path("/diagnosis"),
                        "{\"id\":\"u_1\",\"proof\":\"" + Proofs.hex(key.secret(), "u_1") + "\"}")
                .at("cause");
    }

    @Test
    @Tag("R85")
    void anOldPrimary_isWarnedOf() {
        try (Collector collector = start()) {
            TestEnvironment environment = new TestClient(collector.url()).environment("hmac-hex", "STRICT", "REJECT");
            environment.createKey();
            assertFalse(
                    environment.client().get(environment.path("/keys")).text().contains("rotate it"));

            later(Duration.ofDays(90));

            assertTrue(environment
                    .client()
                    .get(environment.path("/keys"))
                    .text()
                    .contains("this key is 90 days old: rotate it"));
        }
    }

    @Test
    void countsOutliveARestart_andAPromotionOnTheOperatorsWordWaitsTwoMinutes() {
        TestEnvironment environment;
        TestEnvironment.Key second;
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            environment = client.environment("hmac-hex", "STRICT", "REJECT");
            TestEnvironment.Key first = environment.createKey();
            client.event(environment, Events.track(Events.id(), Events.user("u_1", Proofs.hex(first.secret(), "u_1"))));
            client.put(environment.path("/keys/verifiers/edge"), "{\"ringVersion\":1}");
            second = environment.createKey();
        }
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            String promote = environment.path("/keys/" + second.id() + "/promote");
            String word = "{\"confirm\":\"" + second.id() + "\"}";

            assertEquals(1, client.get(environment.path("/keys")).number("keys", 0, "accepted"));
            assertEquals(1, client.get(environment.path("/enforcement")).number("verified"));
            assertEquals(409, client.post(promote, word).status());
            later(Duration.ofMinutes(2));
            assertEquals(409, client.post(promote, "").status());
            assertEquals(200, client.post(promote, word).status());
        }
    }

    @Test
    void metrics_countWithoutIdsOfUsers() {
        try (Collector collector = start()) {
            TestClient client = new TestClient(collector.url());
            TestEnvironment environment = client.environment("hmac-hex", "STRICT", "REJECT");
            String secret = environment.createKey().secret();
            client.event(environment, Events.track(Events.id(), Events.user("u_1", Proofs.hex(secret, "u_1"))));
            client.event(environment, Events.track(Events.id(), Events.user("u_1")));

            String metrics = client.get("/metrics").text();

            String label = "{environment=\"" + environment.id() + "\"";
            assertTrue(metrics.contains("collector_events_accepted_total" + label + "} 1\n"), metrics);
            assertTrue(
                    metrics.contains("collector_events_rejected_total" + label + ",reason=\"MISSING\"} 1\n"), metrics);
            assertTrue(metrics.contains("collector_store_seconds_count 1\n"), metrics);
            assertTrue(metrics.contains("collector_queue_bytes 0\n"), metrics);
            assertFalse(metrics.contains("u_1"));
        }
    }
}
