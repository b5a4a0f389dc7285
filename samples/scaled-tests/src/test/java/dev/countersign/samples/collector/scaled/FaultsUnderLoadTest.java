package dev.countersign.samples.collector.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Each part is lost under load. Takes minutes: {@code mvn -pl samples/scaled-tests test -Dtest=FaultsUnderLoadTest -Dfaults=true}. */
@EnabledIfSystemProperty(named = "faults", matches = "true")
class FaultsUnderLoadTest extends UnderLoad {
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
        requireDisk();
        long before = load.sent();
        under("PostgreSQL's disk full", 10_000, disk::fill, () -> {
            assertTrue(load.sent() > before);
            freeDisk();
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
