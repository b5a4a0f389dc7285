package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.EventStore;
import dev.countersign.samples.collector.storage.OverloadedException;
import dev.countersign.samples.collector.storage.StorageException;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Events in a Kafka topic, from where {@link EventConsumer} brings them to the database. Thread-safe.
 *
 * <p>Durable: an append completes after all in-sync replicas have its events. Repeats are found by the consumer, so
 * every event is answered {@link StoreOutcome#STORED}. When the broker does not acknowledge within ten seconds, the
 * append fails; what waits for it is bounded, and more is turned away.
 */
final class KafkaEventStore implements EventStore, AutoCloseable {
    /** What may wait for the broker: 32 MiB; half of the producer's buffer, so that sending never blocks. */
    static final long MAX_WAITING_BYTES = 32L << 20;
    /** What a record takes beside its body, about. */
    private static final int RECORD_BYTES = 256;

    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final DayPartitions days;
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile boolean open = true;

    KafkaEventStore(KafkaProducer<byte[], byte[]> producer, String topic, DayPartitions days) {
        this.producer = producer;
        this.topic = topic;
        this.days = days;
    }

    @Override
    public CompletableFuture<List<StoreOutcome>> append(List<AcceptedEvent> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        if (!open) {
            throw new StorageException("the producer is closed", null);
        }
        int bytes = 0;
        for (AcceptedEvent event : events) {
            bytes += event.body().length() + RECORD_BYTES;
        }
        long waiting = waitingBytes.addAndGet(bytes);
        if (waiting > MAX_WAITING_BYTES) {
            waitingBytes.addAndGet(-bytes);
            throw new OverloadedException(waiting - bytes, MAX_WAITING_BYTES);
        }
        Append append = new Append(bytes, events.size());
        for (AcceptedEvent event : events) {
            send(event, append);
        }
        return append.future;
    }

    private void send(AcceptedEvent event, Append append) {
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, EventRecord.key(event), EventRecord.value(event));
        try {
            var unused = producer.send(message, (metadata, failure) -> append.acknowledged(failure));
        } catch (KafkaException | IllegalStateException e) {
            append.acknowledged(e); // What is thrown is not told to the callback.
        }
    }

    /** One request's events on their way. */
    private final class Append {
        final CompletableFuture<List<StoreOutcome>> future = new CompletableFuture<>();
        private final int bytes;
        private final int events;
        private final AtomicInteger underWay;
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

        Append(int bytes, int events) {
            this.bytes = bytes;
            this.events = events;
            this.underWay = new AtomicInteger(events);
        }

        void acknowledged(@Nullable Exception e) {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
            if (underWay.decrementAndGet() > 0) {
                return;
            }
            waitingBytes.addAndGet(-bytes);
            Exception first = failure.get();
            if (first == null) {
                future.complete(Collections.nCopies(events, StoreOutcome.STORED));
            } else {
                future.completeExceptionally(new StorageException("the broker does not acknowledge", first));
            }
        }
    }

    /** Drops days of the table: the topic keeps its own time. */
    @Override
    public long deleteBefore(long receivedBefore) {
        return days.dropBefore(receivedBefore);
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public long waitingBytes() {
        return waitingBytes.get();
    }

    /** Waits for the broker's acknowledgement of what is under way. */
    @Override
    public void close() {
        open = false;
        producer.close(CLOSE);
    }
}
