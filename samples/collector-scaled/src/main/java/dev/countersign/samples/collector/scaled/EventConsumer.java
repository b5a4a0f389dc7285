package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.AnonymousLinks;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Brings events from the topic to the event table: takes what is there, commits it to the database, and only then its
 * offsets. What it dies over is delivered again and found to be there. Several share the partitions among them.
 *
 * <p>While the database cannot be written, it tries the same records again, at most every five seconds. A record that no
 * database would take is set aside, with its place in the topic, and the others go on.
 */
final class EventConsumer implements Runnable, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventConsumer.class.getName());
    private static final int MAX_RECORDS = 5_000;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY_MIN = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofSeconds(5);
    private static final Duration MAKE_DAYS = Duration.ofHours(1);

    private final PostgresDatabase database;
    private final DayPartitions days;
    private final AnonymousLinks links;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Clock clock;
    private final Outcomes outcomes;
    private final Thread thread = new Thread(this, "collector-consumer");
    private @Nullable EventTable table; // Of the consumer's thread alone, as all below.
    private Duration retry = RETRY_MIN;
    private long daysMadeAt = Long.MIN_VALUE;
    private volatile boolean closing;

    /** Told what became of events, after the commit. */
    interface Outcomes {
        void stored(List<AcceptedEvent> events, StoreOutcome[] outcomes);

        /** How many records wait in the partitions of this consumer, as of its last look. */
        default void lag(long records) {}

        default void setAside() {}
    }

    EventConsumer(PostgresDatabase database, ScaledSettings settings, Clock clock, Outcomes outcomes) {
        this.database = database;
        this.days = new DayPartitions(database);
        this.links = new AnonymousLinks(database);
        this.topic = settings.topic();
        this.consumer = Topic.consumer(settings, MAX_RECORDS);
        this.clock = clock;
        this.outcomes = outcomes;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(List.of(topic));
            while (!closing) {
                step();
            }
        } catch (WakeupException e) {
            // Only close() wakes it up.
        } finally {
            consumer.close();
            disconnect();
        }
    }

    private void step() {
        Map<TopicPartition, Long> from = new HashMap<>();
        try {
            makeDays();
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                records.add(message);
                from.putIfAbsent(new TopicPartition(message.topic(), message.partition()), message.offset());
            }
            if (!records.isEmpty()) {
                store(records);
                consumer.commitSync();
            }
            outcomes.lag(lag());
            retry = RETRY_MIN;
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            // The offsets could not be committed, or the group has changed: what is delivered again is found there.
            goBack(Map.of(), e);
        } catch (SQLException | RuntimeException e) {
            disconnect();
            goBack(from, e);
        }
    }

    private void makeDays() {
        long now = clock.millis();
        if (now - MAKE_DAYS.toMillis() >= daysMadeAt) {
            days.make(now);
            daysMadeAt = now;
        }
    }

    private void goBack(Map<TopicPartition, Long> from, Exception e) {
        LOG.log(System.Logger.Level.WARNING, "trying again in {0}: {1}", retry, String.valueOf(e.getMessage()));
        try {
            from.forEach(consumer::seek);
        } catch (IllegalStateException lost) {
            // The partition went to another consumer, which starts from the committed offset.
        }
        try {
            Thread.sleep(retry.toMillis());
        } catch (InterruptedException interrupted) {
            closing = true;
        }
        Duration doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : doubled;
    }

    private void store(List<ConsumerRecord<byte[], byte[]>> records) throws SQLException {
        List<AcceptedEvent> events = new ArrayList<>(records.size());
        List<ConsumerRecord<byte[], byte[]>> readable = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> message : records) {
            try {
                events.add(EventRecord.read(message.value()));
                readable.add(message);
            } catch (IllegalArgumentException e) {
                setAside(message, String.valueOf(e.getMessage()));
            }
        }
        storeOrDivide(readable, events);
    }

    /** Halves what the database does not take for what it holds, until the record is found. */
    private void storeOrDivide(List<ConsumerRecord<byte[], byte[]>> records, List<AcceptedEvent> events)
            throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try {
            outcomes.stored(events, table().store(events));
        } catch (SQLException e) {
            if (!isOfTheData(e)) {
                throw e;
            }
            if (events.size() == 1) {
                setAside(records.get(0), "SQL state " + e.getSQLState());
                return;
            }
            int half = events.size() / 2;
            storeOrDivide(records.subList(0, half), events.subList(0, half));
            storeOrDivide(records.subList(half, records.size()), events.subList(half, events.size()));
        }
    }

    /** Class 22 is "data exception"; the message of one may quote the data, so it is not kept. */
    private static boolean isOfTheData(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("22");
    }

    private void setAside(ConsumerRecord<byte[], byte[]> message, String why) throws SQLException {
        LOG.log(
                System.Logger.Level.ERROR,
                "set aside: {0}-{1} at {2}: {3}",
                message.topic(),
                message.partition(),
                String.valueOf(message.offset()),
                why);
        table().setAside(message.topic(), message.partition(), message.offset(), why, clock.millis());
        outcomes.setAside();
    }

    private EventTable table() throws SQLException {
        EventTable open = table;
        if (open == null) {
            open = new EventTable(database.connect(), links);
            table = open;
        }
        return open;
    }

    private long lag() {
        long lag = 0;
        for (TopicPartition partition : consumer.assignment()) {
            lag += consumer.currentLag(partition).orElse(0);
        }
        return lag;
    }

    private void disconnect() {
        EventTable open = table;
        table = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.WARNING, "closing the database: {0}", e.getMessage());
            }
        }
    }

    /** Ends after the records that it has. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(20).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
