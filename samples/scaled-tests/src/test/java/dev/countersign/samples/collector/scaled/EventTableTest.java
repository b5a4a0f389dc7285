package dev.countersign.samples.collector.scaled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.AcceptedEvent.Verdict;
import dev.countersign.samples.collector.storage.AnonymousLinks;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The event table's days, and what is no ordinary event. */
@Timeout(120)
class EventTableTest {
    private static final long NOW = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

    private ScaledSettings settings;
    private PostgresDatabase database;
    private DayPartitions days;
    private EventTable table;

    @BeforeEach
    void open() throws SQLException {
        settings = Engines.shared().fresh("test");
        database = PostgresDatabase.open(settings);
        days = new DayPartitions(database);
        days.make(NOW);
        table = new EventTable(database.connect(), new AnonymousLinks(database));
    }

    @AfterEach
    void close() throws SQLException {
        if (table != null) {
            table.close();
            database.close();
        }
    }

    private static String id(long millis, int n) {
        return new UUID(millis << 16 | 0x7000, 1L << 63 | n).toString();
    }

    private static AcceptedEvent event(String id, Verdict verdict, String owner, long at) {
        return new AcceptedEvent("e1", id, owner, false, "track", "n", verdict, null, null, null, at, "{\"a\":1}");
    }

    private static AcceptedEvent event(String id) {
        return event(id, Verdict.VERIFIED, "u_1", NOW);
    }

    private String text(String sql) {
        return database.read(statement -> {
            var row = statement.statement(sql).executeQuery();
            List<String> all = new ArrayList<>();
            while (row.next()) {
                all.add(row.getString(1));
            }
            return String.join(" ", all);
        });
    }

    private static long daysFromNow(int days) {
        return NOW + Duration.ofDays(days).toMillis();
    }

    @Test
    void anId_liesInItsDay_andOneOfNoSuchDayApart() throws SQLException {
        table.store(List.of(
                event(id(NOW, 1)),
                event(id(daysFromNow(-3), 2)),
                event(id(daysFromNow(-400), 3)),
                event(id(daysFromNow(30), 4))));

        assertEquals(
                "event_day_20261117 event_day_20261120 event_apart event_apart",
                text("SELECT tableoid::regclass::text FROM event ORDER BY 1 DESC")
                        .replaceAll("(event_day_20261120) (event_day_20261117)", "$2 $1"));
    }

    @Test
    void anIdOfTheFuture_movesToItsDay_whenThatIsMade_andIsStillStoredOnce() throws SQLException {
        String future = id(daysFromNow(5), 1);
        table.store(List.of(event(future)));

        days.make(daysFromNow(5));
        StoreOutcome[] again = table.store(List.of(event(future)));

        assertArrayEquals(new StoreOutcome[] {StoreOutcome.DUPLICATE}, again);
        assertEquals("event_day_20261125", text("SELECT tableoid::regclass::text FROM event"));
    }

    @Test
    void aDayGoes_whenNothingInItCanHaveArrivedInTheRetention_andWhatLiesApartByItsArrival() throws SQLException {
        String old = id(daysFromNow(-400), 2);
        table.store(List.of(
                event(id(NOW, 1)),
                event(old),
                event(id(daysFromNow(-400), 3), Verdict.VERIFIED, "u_1", daysFromNow(3))));

        days.dropBefore(daysFromNow(1));
        assertEquals("2", text("SELECT count(*) FROM event"));
        days.dropBefore(daysFromNow(8));
        assertEquals("0", text("SELECT count(*) FROM event WHERE id = '" + old + "'"));
        assertEquals("1", text("SELECT count(*) FROM event WHERE id = '" + id(NOW, 1) + "'"));
        days.dropBefore(daysFromNow(9));

        assertEquals("0", text("SELECT count(*) FROM event WHERE id = '" + id(NOW, 1) + "'"));
    }

    @Test
    void repeatsAndConflicts_showInTheCountsOfTheirArrival() throws SQLException {
        AcceptedEvent other = new AcceptedEvent(
                "e1", id(NOW, 1), "u_2", false, "track", "n", Verdict.VERIFIED, null, null, null, NOW, "{\"a\":2}");
        table.store(List.of(event(id(NOW, 1))));

        StoreOutcome[] outcomes = table.store(List.of(event(id(NOW, 1)), other, event(id(NOW, 2))));

        assertArrayEquals(
                new StoreOutcome[] {StoreOutcome.DUPLICATE, StoreOutcome.CONFLICT, StoreOutcome.STORED}, outcomes);
        assertEquals("DUPLICATE1 REFUSED1", text("SELECT fate || count FROM traffic ORDER BY fate"));
    }

    @Test
    void textsThatCopyGivesAMeaning_andNul_areStoredAsTheyAre() throws SQLException {
        table.store(List.of(event(id(NOW, 1), Verdict.ACCEPTED, "a\tb\\n\nc\r\\N\\.", NOW)));
        table.store(List.of(event(id(NOW, 2), Verdict.ACCEPTED, "nul\0", NOW)));

        assertEquals("a\tb\\n\nc\r\\N\\. nul\u2400", text("SELECT owner FROM event ORDER BY id"));
    }

    @Test
    void twoWritersOfTheSameIds_storeEachOnce() throws Exception {
        List<AcceptedEvent> ascending = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            ascending.add(event(id(NOW, i)));
        }
        List<AcceptedEvent> descending = new ArrayList<>(ascending);
        java.util.Collections.reverse(descending);
        try (EventTable other = new EventTable(database.connect(), new AnonymousLinks(database))) {
            CompletableFuture<Long> there = CompletableFuture.supplyAsync(() -> stored(other, descending));
            long here = stored(table, ascending);

            assertEquals(2_000, here + there.get());
            assertEquals("2000", text("SELECT count(*) FROM event"));
        }
    }

    private static long stored(EventTable table, List<AcceptedEvent> events) {
        try {
            return java.util.Arrays.stream(table.store(events))
                    .filter(outcome -> outcome == StoreOutcome.STORED)
                    .count();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRecordThatNobodyCanStore_isSetAside_andTheOthersGoOn() {
        try (TestConsumer consumer = new TestConsumer(settings);
                KafkaProducer<byte[], byte[]> producer = Topic.producer(settings)) {
            send(producer, new byte[] {9, 9});
            send(producer, EventRecord.value(event(id(NOW, 1))));
            send(producer, EventRecord.value(event("no-uuid")));
            send(producer, EventRecord.value(event(id(NOW, 2))));
            producer.flush();
            consumer.awaitCaughtUp();

            assertEquals("2", text("SELECT count(*) FROM event"));
            assertEquals(
                    "the record is of version 9, known is 1 SQL state 22P02",
                    text("SELECT why FROM unstorable ORDER BY record_offset"));
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, byte[] value) {
        producer.send(new ProducerRecord<>(settings.topic(), 0, null, value));
    }
}
