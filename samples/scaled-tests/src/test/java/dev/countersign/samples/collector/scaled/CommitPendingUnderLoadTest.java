package dev.countersign.samples.collector.scaled;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Each part is lost under load at a moment at which a commit certainly hangs: the broker stands still and owes its word,
 * or the database's COMMIT was sent and waits. Takes minutes: {@code mvn -pl samples/scaled-tests test
 * -Dtest=CommitPendingUnderLoadTest -Dfaults=true}.
 */
@EnabledIfSystemProperty(named = "faults", matches = "true")
class CommitPendingUnderLoadTest extends UnderLoad {
    private HeldCommit held;

    private void stopTheBroker() throws Exception {
        site.broker.signal("STOP");
        for (EngineProcess collector : site.collectors) {
            until(() -> collector.metric("collector_queue_bytes") > 0);
        }
    }

    private void holdCommits(boolean written) throws Exception {
        held = written ? HeldCommit.written(site.settings) : HeldCommit.unwritten(site.settings);
        until(() -> {
            try {
                return held.isPending();
            } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    @Order(1)
    void aCollectorKilledWhileTheBrokersWordIsDue() throws Exception {
        EngineProcess one = site.collectors.get(0);
        under(
                "collector killed, commit pending",
                3_000,
                () -> {
                    stopTheBroker();
                    one.kill();
                    site.broker.signal("CONT");
                },
                one::start);
    }

    @Test
    @Order(2)
    void theConsumerKilledWhileItsCommitHangs() throws Exception {
        under(
                "consumer killed, commit pending",
                3_000,
                () -> {
                    holdCommits(false);
                    site.consumer.kill();
                    held.close();
                },
                site.consumer::start);
    }

    @Test
    @Order(3)
    void theBrokerKilledWhileItsWordIsDue() throws Exception {
        under(
                "broker killed, commit pending",
                3_000,
                () -> {
                    stopTheBroker();
                    site.broker.kill();
                },
                site.broker::start);
    }

    @Test
    @Order(4)
    void postgresKilledWhileACommitHangs_ofWhichNothingIsWritten() throws Exception {
        under(
                "PostgreSQL killed, commit pending, not written",
                3_000,
                () -> {
                    holdCommits(false);
                    site.postgres.killPostgres(site.postgresDirectory);
                },
                site.postgres::start);
    }

    @Test
    @Order(5)
    void postgresKilledWhileACommitHangs_whichIsWritten_andOfWhichNobodyKnows() throws Exception {
        under(
                "PostgreSQL killed, commit pending, written",
                3_000,
                () -> {
                    holdCommits(true);
                    site.postgres.killPostgres(site.postgresDirectory);
                },
                () -> {
                    site.postgres.start();
                    held.close();
                });
    }

    @Test
    @Order(6)
    void theDatabasesDiskFullWhileACommitHangs() throws Exception {
        requireDisk();
        under(
                "PostgreSQL's disk full, commit pending",
                10_000,
                () -> {
                    holdCommits(false);
                    disk.fill();
                    held.close();
                },
                this::freeDisk);
    }
}
