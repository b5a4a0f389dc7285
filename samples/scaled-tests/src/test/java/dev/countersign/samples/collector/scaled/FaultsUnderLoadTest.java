package dev.countersign.samples.collector.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Kills each part under a load of real clients, and counts afterwards: what was acknowledged is stored, once. Takes some
 * minutes: {@code mvn -pl samples/scaled-tests test -Dtest=FaultsUnderLoadTest -Dfaults=true}.
 */
@EnabledIfSystemProperty(named = "faults", matches = "true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class FaultsUnderLoadTest {
    private static final int PER_SECOND = Integer.getInteger("faults.rate", 6_000);
    private static final int USERS = 4;
    private static final String LAG = "consumer_lag_records";

    private SmallDisk disk;
    private Site site;
    private Load load;
    private String apiKey;

    @BeforeAll
    void start() throws Exception {
        Engines.requireBuilt();
        disk = SmallDisk.mount(Files.createTempDirectory(Engines.target(), "disk"), "4g");
        site = new Site(disk == null ? null : disk.path);
        String environment = site.post(
                site.url,
                "/admin/environments",
                "{\"name\":\"load\",\"form\":\"hmac-hex\",\"mode\":\"STRICT\",\"anonymous\":\"REJECT\"}");
        apiKey = member(environment, "apiKey");
        String key = site.post(
                site.url, "/admin/environments/" + member(environment, "id") + "/keys", "{\"description\":\"load\"}");
        load = new Load(site.url, apiKey, member(key, "id"), member(key, "secret"), site.directory, USERS, PER_SECOND);
        load.run(true);
        sleep(10_000); // The compilers' time.
        load.finish(60);
        System.out.println("site up, memory of collectors " + site.memory() + " MiB");
    }

    private static String member(String json, String name) {
        return json.replaceFirst("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
    }

    @AfterAll
    void end() throws Exception {
        if (load != null) {
            load.close();
        }
        if (site != null) {
            site.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Five seconds of load, the fault, its end, and the count. */
    private void under(String fault, long millis, Step inject, Step repair) throws Exception {
        long before = load.sent();
        load.run(true);
        long start = System.nanoTime();
        sleep(5_000);
        double rate = (load.sent() - before) / 5.0;
        inject.run();
        long injected = System.nanoTime();
        sleep(millis);
        List<Long> memory = site.memory();
        long sentBefore = load.sent();
        long repaired = System.nanoTime(); // What follows holds the part's own start.
        repair.run();
        until(() -> load.sent() > sentBefore);
        double acknowledged = seconds(repaired);
        until(() -> rows() >= load.sent() - 2L * PER_SECOND);
        until(() -> load.tracked() - load.sent() < 2L * PER_SECOND);
        double recovered = seconds(repaired);
        sleep(3_000);
        load.finish(120);
        until(() -> site.consumerMetric(LAG) == 0 && rows() >= load.sent());
        System.out.printf(
                "FAULT %s: rate before %.0f/s, down %.1f s; acknowledged again %.1f s, caught up %.1f s after its restart began;"
                        + " postponed %s; memory %s MiB; tracked=%d acknowledged=%d stored=%d lost=%d duplicates=%d"
                        + " in %.0f s%n",
                fault,
                rate,
                (repaired - injected) / 1e9,
                acknowledged,
                recovered,
                load.takePostponed(),
                memory,
                load.tracked(),
                load.sent(),
                rows(),
                load.lost(),
                rows() - site.number("SELECT count(DISTINCT id) FROM event"),
                seconds(start));
        assertEquals(0, load.lost());
        assertEquals(load.tracked(), load.sent());
        assertEquals(load.sent(), rows());
        assertEquals(rows(), site.number("SELECT count(DISTINCT body) FROM event"));
        assertTrue(rate > 0.8 * PER_SECOND, "the rate before was " + rate);
    }

    private long rows() {
        return site.number("SELECT count(*) FROM event");
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void until(BooleanSupplier condition) throws InterruptedException {
        until(120, condition);
    }

    private void until(long within, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(within);
        while (!condition.getAsBoolean()) {
            assertTrue(
                    System.nanoTime() < deadline,
                    () -> "not within " + within + " s; tracked " + load.tracked()
                            + " acknowledged " + load.sent() + " stored " + rows() + " lag " + site.consumerMetric(LAG)
                            + " postponed " + load.takePostponed());
            load.flush();
            Thread.sleep(100);
        }
    }

    private static void sleep(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    @Test
    @Order(1)
    void aCollectorKilled_losesNothing() throws Exception {
        EngineProcess one = site.collectors.get(0);
        under("collector killed", 3_000, one::kill, one::start);
    }

    @Test
    @Order(2)
    void aCollectorEndedInOrder_losesNothing() throws Exception {
        EngineProcess two = site.collectors.get(1);
        under("collector ended (SIGTERM)", 3_000, two::end, two::start);
    }

    @Test
    @Order(3)
    void theConsumerKilled_losesAndDoublesNothing() throws Exception {
        under("consumer killed", 3_000, site.consumer::kill, site.consumer::start);
    }

    @Test
    @Order(4)
    void theBrokerKilled_losesNothing() throws Exception {
        under("broker killed", 3_000, site.broker::kill, site.broker::start);
    }

    @Test
    @Order(5)
    void postgresKilled_losesNothing_andEventsAreTakenMeanwhile() throws Exception {
        long before = load.sent();
        under("PostgreSQL killed", 3_000, () -> site.postgres.killPostgres(site.postgresDirectory), () -> {
            assertTrue(load.sent() > before);
            site.postgres.start();
        });
    }

    @Test
    @Order(6)
    void theDatabasesDiskFull_losesNothing_andEventsAreTakenMeanwhile() throws Exception {
        if (disk == null) {
            System.out.println("skipped: no disk of its own can be mounted here");
        }
        Assumptions.assumeTrue(disk != null, "no disk of its own can be mounted here");
        long before = load.sent();
        under("PostgreSQL's disk full", 10_000, disk::fill, () -> {
            assertTrue(load.sent() > before);
            disk.free();
            if (site.number("SELECT 1") != 1) { // It ends itself where its log cannot be written.
                site.postgres.kill();
                site.postgres.start();
            }
        });
    }

    @Test
    @Order(7)
    void aBrokerThatStandsStill_isAnsweredWith429_andMemoryStaysBounded() throws Exception {
        List<Long> before = site.memory();
        under("broker stopped", 15_000, () -> site.broker.signal("STOP"), () -> site.broker.signal("CONT"));
        List<Long> after = site.memory();
        for (int i = 0; i < before.size(); i++) {
            assertTrue(after.get(i) < before.get(i) + 400, "memory went from " + before + " to " + after + " MiB");
        }
    }

    @Test
    @Order(8)
    void theConsumerPausedForAMinute_catchesUp() throws Exception {
        under("consumer paused", 60_000, () -> site.consumer.signal("STOP"), () -> site.consumer.signal("CONT"));
    }

    @Test
    @Order(9)
    void aTopicReplayedFromItsBeginning_addsNoRow() throws Exception {
        long rows = rows();
        site.consumer.kill();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.settings.kafka()))) {
            until(() -> {
                try {
                    admin.deleteConsumerGroups(List.of(Topic.group(site.settings)))
                            .all()
                            .get();
                    return true;
                } catch (java.util.concurrent.ExecutionException | InterruptedException e) {
                    return false; // The broker has not missed the consumer yet.
                }
            });
        }
        long start = System.nanoTime();
        site.consumer.start();
        String duplicates = "consumer_events_total{outcome=\"duplicate\"}";
        until(280, () -> site.consumerMetric(duplicates) >= rows);

        System.out.printf(
                "REPLAY rows before %d, after %d, repeats found %d, in %.1f s%n",
                rows, rows(), site.consumerMetric(duplicates), seconds(start));
        assertEquals(rows, rows());
        assertEquals(rows, site.number("SELECT count(DISTINCT id) FROM event"));
    }
}
