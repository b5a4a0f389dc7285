package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.EmbeddedStorage;
import dev.countersign.samples.collector.Settings;
import dev.countersign.samples.collector.access.Credentials;
import dev.countersign.samples.collector.environment.MasterKey;
import dev.countersign.samples.collector.environment.SecretBox;
import dev.countersign.samples.collector.environment.Verifiers;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.runtime.OtherCollectors;
import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.storage.EventStore;
import dev.countersign.samples.collector.storage.SqliteDatabase;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** One of several collectors, on Kafka and PostgreSQL; in the place of {@link EmbeddedStorage} wherever it is there. */
@Factory
public final class ScaledStorage {

    @Singleton
    @Requires(missingBeans = ScaledSettings.class)
    ScaledSettings settings() {
        return ScaledSettings.ofProcess();
    }

    @Singleton
    @Replaces(value = SqliteDatabase.class, factory = EmbeddedStorage.class)
    @Bean(preDestroy = "close")
    PostgresDatabase database(ScaledSettings settings) {
        return PostgresDatabase.open(settings);
    }

    @Singleton
    @Replaces(value = EventStore.class, factory = EmbeddedStorage.class)
    @Bean(preDestroy = "close")
    KafkaEventStore eventStore(ScaledSettings settings, PostgresDatabase database) {
        Topic.create(settings);
        return new KafkaEventStore(Topic.producer(settings), settings.topic(), new DayPartitions(database));
    }

    /** All collectors need the same one, so none makes one up. */
    @Singleton
    @Replaces(value = SecretBox.class, factory = EmbeddedStorage.class)
    SecretBox secretBox(Settings settings) {
        if (settings.masterKey() == null || settings.adminToken() == null) {
            throw new IllegalArgumentException(
                    "COLLECTOR_MASTER_KEY and COLLECTOR_ADMIN_TOKEN are required: several collectors share them");
        }
        return new SecretBox(MasterKey.parse(settings.masterKey()));
    }

    @Singleton
    @Replaces(value = OtherCollectors.class, factory = EmbeddedStorage.class)
    Instances instances(PostgresDatabase database, ScaledSettings settings, Time time) {
        return new Instances(database, settings.instance(), time);
    }

    @Context
    @Bean(preDestroy = "close")
    ChangeListener changeListener(
            PostgresDatabase database,
            Instances instances,
            LiveEnvironments environments,
            Credentials credentials,
            Verifiers verifiers,
            ScaledSettings settings,
            Time time) {
        return new ChangeListener(database, instances, environments, credentials, verifiers, settings.instance(), time);
    }
}
