package dev.countersign.samples.collector.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The consumer is killed at a moment at which its commit certainly hangs: afterwards what was acknowledged is stored,
 * once. The same for the broker, the database and its disk: {@link CommitPendingUnderLoadTest}.
 */
@Timeout(120)
class ConsumerCommitPendingTest {
    private static final int EVENTS = 200;

    private ScaledSettings settings;
    private PostgresDatabase database;
    private EngineProcess process;

    @BeforeEach
    void open() {
        settings = Engines.shared().fresh("pending");
        database = PostgresDatabase.open(settings);
        Topic.create(settings);
    }

    @AfterEach
    void close() {
        if (process != null) {
            process.kill();
        }
        if (database != null) {
            database.close();
        }
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.onSpinWait(); // Without an end of its own: the class has one.
        }
    }

    private long number(String sql) {
        return database.read(statement -> {
            var row = statement.statement(sql).executeQuery();
            row.next();
            return row.getLong(1);
        });
    }

    private long rows() {
        return number("SELECT count(*) FROM event");
    }

    private void append() {
        List<AcceptedEvent> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(new AcceptedEvent(
                    "e1",
                    id(i),
                    "u_" + i % 7,
                    false,
                    "track",
                    "n",
                    AcceptedEvent.Verdict.VERIFIED,
                    null,
                    null,
                    null,
                    1L,
                    "{\"n\":" + i + "}"));
        }
        try (KafkaEventStore store = new KafkaEventStore(Topic.producer(settings), settings.topic(), null)) {
            store.append(events).join();
        }
    }

    private static String id(int i) {
        return "0199a5a0-0000-7000-8000-%012x".formatted(i + 1);
    }

    /** What the broker does by itself ten seconds after it last heard of a consumer. */
    private void letTheBrokerMissTheConsumer() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.kafka()))) {
            admin.removeMembersFromConsumerGroup(Topic.group(settings), new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            // It has missed it already.
        }
    }

    private void killTheConsumer(HeldCommit held) throws Exception {
        append();
        process = EngineProcess.program(
                Consumer.class,
                Engines.environment(settings, "consumer", 0, "", ""),
                "consumer listening on ",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC");
        until(held::isPending);
        assertEquals(0, rows());
        process.kill();
        assertTrue(held.isPending(), "the database does not know yet");
    }

    @Test
    void theConsumerKilledWhileItsCommitHangs_whichTakesPlaceAllTheSame_doublesNothing() throws Exception {
        try (HeldCommit held = HeldCommit.unwritten(settings)) {
            killTheConsumer(held);
        }
        until(() -> rows() > 0);
        long first = rows(); // All of them, mostly: a commit has what one look at the topic brought.
        letTheBrokerMissTheConsumer();

        try (TestConsumer next = new TestConsumer(settings)) {
            next.awaitCaughtUp();
            assertEquals(first, next.count(StoreOutcome.DUPLICATE), "delivered again");
            assertEquals(EVENTS - first, next.count(StoreOutcome.STORED));
        }
        assertEquals(EVENTS, rows());
        assertEquals(EVENTS, number("SELECT count(DISTINCT id) FROM event"));
    }

    @Test
    void theConsumerKilledWhileItsCommitHangs_whichIsUndone_losesNothing() throws Exception {
        try (HeldCommit held = HeldCommit.unwritten(settings)) {
            killTheConsumer(held);
            held.undo();
            until(() -> !held.isPending());
        }
        assertEquals(0, rows());
        letTheBrokerMissTheConsumer();

        try (TestConsumer next = new TestConsumer(settings)) {
            next.awaitCaughtUp();
            assertEquals(EVENTS, next.count(StoreOutcome.STORED));
            assertEquals(0, next.count(StoreOutcome.DUPLICATE));
        }
        assertEquals(EVENTS, rows());
        assertEquals(EVENTS, number("SELECT count(DISTINCT id) FROM event"));
    }
}
