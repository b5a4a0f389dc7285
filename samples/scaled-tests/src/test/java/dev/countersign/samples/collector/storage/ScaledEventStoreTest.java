package dev.countersign.samples.collector.storage;

import dev.countersign.samples.collector.scaled.Engines;
import dev.countersign.samples.collector.scaled.SettledEvents;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The contract on a Kafka topic, a consumer and PostgreSQL. */
@Timeout(120)
class ScaledEventStoreTest extends EventStoreContract {
    private SettledEvents store;

    @BeforeEach
    void open() {
        store = new SettledEvents(Engines.shared().fresh("test"));
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Override
    CompletableFuture<List<StoreOutcome>> settle(List<AcceptedEvent> events) {
        return store.settle(events);
    }
}
