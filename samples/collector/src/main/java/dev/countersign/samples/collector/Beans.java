package dev.countersign.samples.collector;

import dev.countersign.samples.collector.admin.AdminCredential;
import dev.countersign.samples.collector.admin.Administration;
import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.samples.collector.environment.MasterKey;
import dev.countersign.samples.collector.environment.SecretBox;
import dev.countersign.samples.collector.ingest.Ingest;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.EventStore;
import dev.countersign.samples.collector.storage.SqliteEventStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Puts the collector together. Another storage is another set of beans here.
 *
 * <p>What does I/O to come up is made at the start ({@code @Context}): it must not meet the first request, and where it
 * fails there is no start.
 */
@Factory
final class Beans {
    /** What may wait to be written before the collector answers 429: 32 MiB. */
    private static final long MAX_WAITING_BYTES = 32L << 20;

    @Singleton
    @Bean(preDestroy = "close")
    Database database(Settings settings) throws IOException {
        return Database.open(settings.database(), MAX_WAITING_BYTES);
    }

    @Singleton
    EventStore eventStore(Database database) {
        return new SqliteEventStore(database);
    }

    @Singleton
    EnvironmentStore environmentStore(Database database) {
        return new EnvironmentStore(database);
    }

    @Singleton
    KeyStore keyStore(Database database, Settings settings, Time time) throws IOException {
        byte[] masterKey = settings.masterKey() == null
                ? MasterKey.load(Path.of(settings.database() + ".master"))
                : MasterKey.parse(settings.masterKey());
        return new KeyStore(database, new SecretBox(masterKey), time.clock());
    }

    @Context
    @Bean(preDestroy = "close")
    LiveEnvironments liveEnvironments(EnvironmentStore environments, KeyStore keys, Time time) throws IOException {
        return new LiveEnvironments(environments, keys, time);
    }

    @Context
    Ingest ingest(EventStore store, Time time) {
        return new Ingest(store, time.clock());
    }

    @Context
    Administration administration(EnvironmentStore environments, KeyStore keys, LiveEnvironments live) {
        return new Administration(environments, keys, live);
    }

    @Context
    AdminCredential adminCredential(Database database, Settings settings) {
        return AdminCredential.of(
                database,
                settings.adminToken(),
                token -> System.out.println("collector admin token, shown this once: " + token));
    }
}
