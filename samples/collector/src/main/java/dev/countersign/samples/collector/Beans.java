package dev.countersign.samples.collector;

import dev.countersign.samples.collector.admin.AdminCredential;
import dev.countersign.samples.collector.admin.Administration;
import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.samples.collector.environment.MasterKey;
import dev.countersign.samples.collector.environment.SecretBox;
import dev.countersign.samples.collector.ingest.Ingest;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.EventStore;
import dev.countersign.samples.collector.storage.SqliteEventStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Puts the collector together. Another storage is another set of beans here. */
@Factory
final class Beans {
    /** What may wait to be written before the collector answers 429: 32 MiB. */
    private static final long MAX_WAITING_BYTES = 32L << 20;

    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

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
    KeyStore keyStore(Database database, Settings settings, Clock clock) throws IOException {
        byte[] masterKey = settings.masterKey() == null
                ? MasterKey.load(Path.of(settings.database() + ".master"))
                : MasterKey.parse(settings.masterKey());
        return new KeyStore(database, new SecretBox(masterKey), clock);
    }

    @Context // At the start, so that keys that cannot be read stop it.
    @Bean(preDestroy = "close")
    LiveEnvironments liveEnvironments(EnvironmentStore environments, KeyStore keys) throws IOException {
        return new LiveEnvironments(environments, keys);
    }

    @Singleton
    Ingest ingest(EventStore store, Clock clock) {
        return new Ingest(store, clock);
    }

    @Singleton
    Administration administration(EnvironmentStore environments, KeyStore keys, LiveEnvironments live) {
        return new Administration(environments, keys, live);
    }

    @Context // At the start, not at the first request: the token must be seen.
    AdminCredential adminCredential(Database database, Settings settings) {
        return AdminCredential.of(
                database,
                settings.adminToken(),
                token -> System.out.println("collector admin token, shown this once: " + token));
    }
}
