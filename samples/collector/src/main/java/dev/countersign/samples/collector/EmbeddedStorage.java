package dev.countersign.samples.collector;

import dev.countersign.samples.collector.environment.MasterKey;
import dev.countersign.samples.collector.environment.SecretBox;
import dev.countersign.samples.collector.runtime.OtherCollectors;
import dev.countersign.samples.collector.storage.AnonymousLinks;
import dev.countersign.samples.collector.storage.EventStore;
import dev.countersign.samples.collector.storage.SqliteDatabase;
import dev.countersign.samples.collector.storage.SqliteEventStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;

/** One collector with its storage inside: one SQLite file. Another storage is another factory in the place of this. */
@Factory
public final class EmbeddedStorage {
    /** What may wait to be written before the collector answers 429: 32 MiB. */
    private static final long MAX_WAITING_BYTES = 32L << 20;

    @Singleton
    @Bean(preDestroy = "close")
    SqliteDatabase database(Settings settings) throws IOException {
        return SqliteDatabase.open(settings.database(), MAX_WAITING_BYTES);
    }

    @Singleton
    EventStore eventStore(SqliteDatabase database, AnonymousLinks links) {
        return new SqliteEventStore(database, links);
    }

    @Singleton
    SecretBox secretBox(Settings settings) throws IOException {
        return new SecretBox(
                settings.masterKey() == null
                        ? MasterKey.load(Path.of(settings.database() + ".master"))
                        : MasterKey.parse(settings.masterKey()));
    }

    @Singleton
    OtherCollectors otherCollectors() {
        return OtherCollectors.none();
    }
}
