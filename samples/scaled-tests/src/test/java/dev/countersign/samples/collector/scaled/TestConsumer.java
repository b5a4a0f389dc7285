package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** A consumer in the test's JVM, and what it made of events. */
public final class TestConsumer implements EventConsumer.Outcomes, AutoCloseable {
    private final ScaledSettings settings;
    private final Admin admin;
    private final PostgresDatabase database;
    private final EventConsumer consumer;
    private final Map<StoreOutcome, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, Queue<CompletableFuture<StoreOutcome>>> awaited = new ConcurrentHashMap<>();

    /** Starts it. */
    public TestConsumer(ScaledSettings settings) {
        this.settings = settings;
        this.admin = Admin.create(Map.of("bootstrap.servers", settings.kafka()));
        this.database = PostgresDatabase.open(settings);
        Topic.create(settings);
        this.consumer = new EventConsumer(database, settings, Clock.systemUTC(), this);
        consumer.start();
    }

    @Override
    public void stored(List<AcceptedEvent> events, StoreOutcome[] outcomes) {
        for (int i = 0; i < outcomes.length; i++) {
            counts.computeIfAbsent(outcomes[i], unseen -> new LongAdder()).increment();
            Queue<CompletableFuture<StoreOutcome>> waiting = awaited.get(place(events.get(i)));
            CompletableFuture<StoreOutcome> first = waiting == null ? null : waiting.poll();
            if (first != null) {
                first.complete(outcomes[i]);
            }
        }
    }

    /** How many events it made this of. */
    public long count(StoreOutcome outcome) {
        LongAdder count = counts.get(outcome);
        return count == null ? 0 : count.sum();
    }

    /** What will become of an event that is appended next. */
    CompletableFuture<StoreOutcome> expect(AcceptedEvent event) {
        CompletableFuture<StoreOutcome> outcome = new CompletableFuture<>();
        awaited.computeIfAbsent(place(event), unseen -> new ConcurrentLinkedQueue<>())
                .add(outcome);
        return outcome;
    }

    /** The keys and values of all records of the topic. */
    public List<byte[]> records() {
        List<byte[]> records = new ArrayList<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        ends().forEach((partition, end) -> ends.put(partition, end.offset()));
        try (KafkaConsumer<byte[], byte[]> reader = Topic.consumer(settings, 5_000)) {
            reader.assign(ends.keySet());
            reader.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(Duration.ofSeconds(1)).forEach(message -> {
                    records.add(message.key());
                    records.add(message.value());
                });
            }
        }
        return records;
    }

    private static String place(AcceptedEvent event) {
        return event.environment() + ' ' + event.id();
    }

    /** Returns when all that is in the topic now is in the database. */
    public void awaitCaughtUp() {
        Map<TopicPartition, ListOffsetsResultInfo> ends = ends();
        try {
            while (!isAt(ends)) {
                if (!consumer.isRunning()) {
                    throw new AssertionError("the consumer has ended");
                }
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends() {
        try {
            Map<TopicPartition, OffsetSpec> all = admin
                    .describeTopics(List.of(settings.topic()))
                    .allTopicNames()
                    .get()
                    .get(settings.topic())
                    .partitions()
                    .stream()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(settings.topic(), partition.partition()),
                            partition -> OffsetSpec.latest()));
            return admin.listOffsets(all).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isAt(Map<TopicPartition, ListOffsetsResultInfo> ends)
            throws InterruptedException, ExecutionException {
        var committed = admin.listConsumerGroupOffsets(Topic.group(settings))
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().allMatch(end -> {
            var at = committed.get(end.getKey());
            return end.getValue().offset() == 0
                    || at != null && at.offset() >= end.getValue().offset();
        });
    }

    @Override
    public void close() {
        admin.close();
        consumer.close();
        database.close();
    }
}
