package dev.countersign.samples.collector;

import dev.countersign.samples.collector.access.AuditLog;
import dev.countersign.samples.collector.access.Credentials;
import dev.countersign.samples.collector.access.RateLimit;
import dev.countersign.samples.collector.access.Sessions;
import dev.countersign.samples.collector.admin.Administration;
import dev.countersign.samples.collector.admin.CredentialChanges;
import dev.countersign.samples.collector.admin.Diagnoses;
import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.samples.collector.environment.SecretBox;
import dev.countersign.samples.collector.environment.Verifiers;
import dev.countersign.samples.collector.http.BodiesInFlight;
import dev.countersign.samples.collector.ingest.Ingest;
import dev.countersign.samples.collector.ingest.Observation;
import dev.countersign.samples.collector.operation.Housekeeping;
import dev.countersign.samples.collector.operation.Metrics;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.runtime.OtherCollectors;
import dev.countersign.samples.collector.runtime.Time;
import dev.countersign.samples.collector.storage.AnonymousLinks;
import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.EventStore;
import dev.countersign.samples.collector.traffic.Stages;
import dev.countersign.samples.collector.traffic.Traffic;
import dev.countersign.samples.collector.traffic.TrafficReport;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;

/**
 * Puts the collector together, on the storage of {@link EmbeddedStorage} or another.
 *
 * <p>What does I/O to come up is made at the start ({@code @Context}): it must not meet the first request, and where it
 * fails there is no start.
 */
@Factory
final class Beans {
    /** What may be held of requests' bodies at a time: 64 MiB, or an eighth of a small heap. */
    private static final long MAX_BODY_BYTES = 64L << 20;

    private static final int DIAGNOSES_PER_MINUTE = 30;

    @Singleton
    Clock clock(Time time) {
        return time.clock();
    }

    @Singleton
    AnonymousLinks anonymousLinks(Database database) {
        return new AnonymousLinks(database);
    }

    @Singleton
    AuditLog auditLog(Database database, Clock clock) {
        return new AuditLog(database, clock);
    }

    @Singleton
    EnvironmentStore environmentStore(Database database, AuditLog audit) {
        return new EnvironmentStore(database, audit);
    }

    @Singleton
    KeyStore keyStore(Database database, SecretBox box, AuditLog audit, Clock clock) {
        return new KeyStore(database, box, audit, clock);
    }

    @Singleton
    Verifiers verifiers(Database database, AuditLog audit, Clock clock) {
        return new Verifiers(database, audit, clock);
    }

    @Context
    @Bean(preDestroy = "close")
    LiveEnvironments liveEnvironments(EnvironmentStore environments, KeyStore keys, Time time) throws IOException {
        return new LiveEnvironments(environments, keys, time);
    }

    @Context
    Traffic traffic(Database database, Clock clock) {
        return new Traffic(database, clock);
    }

    @Singleton
    TrafficReport trafficReport(Traffic traffic, Database database, Clock clock) {
        return new TrafficReport(traffic, database, clock);
    }

    @Singleton
    BodiesInFlight bodiesInFlight() {
        return new BodiesInFlight(Math.min(MAX_BODY_BYTES, Runtime.getRuntime().maxMemory() / 8));
    }

    @Singleton
    Stages stages() {
        return new Stages();
    }

    @Singleton
    Metrics metrics(LiveEnvironments environments, EventStore store, Stages stages, BodiesInFlight bodies) {
        return new Metrics(environments, store, stages, bodies);
    }

    @Context
    Ingest ingest(EventStore store, Traffic traffic, Stages stages, Clock clock) {
        return new Ingest(store, new Observation(traffic, stages), clock);
    }

    @Context
    Administration administration(
            EnvironmentStore environments,
            KeyStore keys,
            Verifiers verifiers,
            LiveEnvironments live,
            OtherCollectors others,
            TrafficReport traffic,
            Clock clock) {
        return new Administration(environments, keys, verifiers, live, others, traffic, clock);
    }

    @Singleton
    CredentialChanges credentialChanges(Credentials credentials, OtherCollectors others) {
        return new CredentialChanges(credentials, others);
    }

    @Singleton
    Diagnoses diagnoses(EnvironmentStore environments, KeyStore keys, AuditLog audit, Time time) {
        return new Diagnoses(
                environments, keys, audit, new RateLimit(DIAGNOSES_PER_MINUTE, time.ticker()), time.clock());
    }

    @Context
    Credentials credentials(Database database, AuditLog audit, Clock clock, Settings settings) {
        return new Credentials(
                database,
                audit,
                clock,
                settings.adminToken(),
                token -> System.out.println("collector admin token, shown this once: " + token));
    }

    @Singleton
    Sessions sessions(Credentials credentials, Clock clock) {
        return new Sessions(credentials, clock);
    }

    @Context
    @Bean(preDestroy = "close")
    Housekeeping housekeeping(EventStore events, Traffic traffic, KeyStore keys, Settings settings, Time time) {
        return new Housekeeping(events, traffic, keys, settings.retention(), time);
    }
}
