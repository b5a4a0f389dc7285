package dev.countersign.samples.collector.scaled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.collector.Collector;
import dev.countersign.samples.collector.storage.AcceptedEvent;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process is killed at a moment at which a commit certainly hangs, in the database or at the broker: afterwards what
 * was acknowledged is stored, once. The same for the broker, the database and its disk: {@link CommitPendingUnderLoadTest}.
 */
@Timeout(120)
class CommitPendingTest {
    private static final int EVENTS = 200;
    private static final String DUPLICATES = "consumer_events_total{outcome=\"duplicate\"}";
    private static final String STORED = "consumer_events_total{outcome=\"stored\"}";

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

    private Map<String, String> environment(String name) {
        return Engines.environment(
                settings, name, 0, Site.ADMIN_TOKEN, Base64.getEncoder().encodeToString(new byte[32]));
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
        }
    }

    private void killTheConsumer(HeldCommit held) throws Exception {
        process = EngineProcess.program(Consumer.class, environment("consumer"), "consumer listening on ");
        append();
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
        until(() -> rows() == EVENTS);
        letTheBrokerMissTheConsumer();

        process.start();
        until(() -> process.metric(DUPLICATES) >= EVENTS);

        assertEquals(EVENTS, rows());
        assertEquals(EVENTS, number("SELECT count(DISTINCT id) FROM event"));
        assertEquals(0, process.metric(STORED));
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

        process.start();
        until(() -> process.metric(STORED) >= EVENTS);

        assertEquals(EVENTS, rows());
        assertEquals(EVENTS, number("SELECT count(DISTINCT id) FROM event"));
        assertEquals(0, process.metric(DUPLICATES));
    }

    @Test
    void aCollectorEndedAndOneKilledWhileTheBrokersWordIsDue_acknowledgeWhatIsStored_once() throws Exception {
        process = EngineProcess.program(Collector.class, environment("one"), "collector listening on ");
        String environment = Site.post(
                process.ready(),
                "/admin/environments",
                "{\"name\":\"pending\",\"form\":\"hmac-hex\",\"mode\":\"OPTIONAL\",\"anonymous\":\"REJECT\"}");
        String apiKey = environment.replaceFirst("(?s).*\"apiKey\":\"([^\"]*)\".*", "$1");
        CompletableFuture<String> asked;
        try (Engines.Paused broker = Engines.shared().pauseBroker()) {
            asked = sendUntilItHangs(apiKey, 0);
            process.terminate();
            until(() -> !Site.isUp(process.ready())); // It takes no more, and owes an answer.
            assertFalse(asked.isDone());
        }
        assertTrue(asked.join().contains("\"accepted\":" + EVENTS), asked.join());
        process.start();

        CompletableFuture<String> lost;
        try (Engines.Paused broker = Engines.shared().pauseBroker()) {
            lost = sendUntilItHangs(apiKey, EVENTS);
            process.kill();
        }
        assertThrows(CompletionException.class, lost::join);
        process.start();
        String again = Site.send(process.ready(), apiKey, batch(EVENTS)).join();

        assertTrue(again.contains("\"accepted\":" + EVENTS), again);
        try (TestConsumer consumer = new TestConsumer(settings)) {
            consumer.awaitCaughtUp();
        }
        assertEquals(2 * EVENTS, rows());
        assertEquals(2 * EVENTS, number("SELECT count(DISTINCT id) FROM event"));
    }

    private CompletableFuture<String> sendUntilItHangs(String apiKey, int from) throws Exception {
        CompletableFuture<String> answer = Site.send(process.ready(), apiKey, batch(from));
        until(() -> process.metric("collector_queue_bytes") > 0);
        assertFalse(answer.isDone());
        return answer;
    }

    private static String batch(int from) {
        List<String> events = new ArrayList<>();
        for (int i = from; i < from + EVENTS; i++) {
            events.add("{\"id\":\"" + id(i) + "\",\"type\":\"track\",\"name\":\"n\",\"userId\":\"u_" + i % 7 + "\"}");
        }
        return "{\"events\":[" + String.join(",", events) + "]}";
    }
}
