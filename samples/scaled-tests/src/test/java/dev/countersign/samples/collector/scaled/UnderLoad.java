package dev.countersign.samples.collector.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** A load of real clients on all parts, a fault, and the count afterwards: what was acknowledged is stored, once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
abstract class UnderLoad {
    private static final int PER_SECOND = Integer.getInteger("faults.rate", 6_000);
    private static final int USERS = 4;
    static final String LAG = "consumer_lag_records";

    SmallDisk disk;
    Site site;
    Load load;
    private String apiKey;

    @BeforeAll
    void start() throws Exception {
        Engines.requireBuilt();
        disk = SmallDisk.mount(Files.createTempDirectory(Engines.target(), "disk"), "4g");
        site = new Site(disk == null ? null : disk.path);
        String environment = Site.post(
                site.url,
                "/admin/environments",
                "{\"name\":\"load\",\"form\":\"hmac-hex\",\"mode\":\"STRICT\",\"anonymous\":\"REJECT\"}");
        apiKey = member(environment, "apiKey");
        String key = Site.post(
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

    interface Step {
        void run() throws Exception;
    }

    /** Five seconds of load, the fault, its end, and the count. */
    final void under(String fault, long millis, Step inject, Step repair) throws Exception {
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

    final long rows() {
        return site.number("SELECT count(*) FROM event");
    }

    static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    final void until(BooleanSupplier condition) throws InterruptedException {
        until(120, condition);
    }

    final void until(long within, BooleanSupplier condition) throws InterruptedException {
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

    /** Starts the database again where it ended itself. */
    final void freeDisk() throws Exception {
        disk.free();
        if (site.number("SELECT 1") != 1) { // It ends itself where its log cannot be written.
            site.postgres.kill();
            site.postgres.start();
        }
    }

    final void requireDisk() {
        if (disk == null) {
            System.out.println("skipped: no disk of its own can be mounted here");
        }
        Assumptions.assumeTrue(disk != null, "no disk of its own can be mounted here");
    }

    private static void sleep(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }
}
