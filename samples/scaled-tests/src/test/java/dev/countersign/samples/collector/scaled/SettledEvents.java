package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.storage.AcceptedEvent;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The topic and its consumer as one store, which answers when the database has the events. */
public final class SettledEvents implements AutoCloseable {
    private final TestConsumer consumer;
    private final PostgresDatabase database;
    private final KafkaEventStore store;

    /** Starts both. */
    public SettledEvents(ScaledSettings settings) {
        consumer = new TestConsumer(settings);
        database = PostgresDatabase.open(settings);
        store = new KafkaEventStore(Topic.producer(settings), settings.topic(), new DayPartitions(database));
    }

    /** Stores events; what becomes of them. */
    public CompletableFuture<List<StoreOutcome>> settle(List<AcceptedEvent> events) {
        List<CompletableFuture<StoreOutcome>> outcomes =
                events.stream().map(consumer::expect).toList();
        return store.append(events)
                .thenCompose(unused -> CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new)))
                .thenApply(
                        unused -> outcomes.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public void close() {
        store.close();
        consumer.close();
        database.close();
    }
}
