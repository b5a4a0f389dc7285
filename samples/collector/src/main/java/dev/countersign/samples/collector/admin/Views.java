package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.admin.Administration.CreatedKey;
import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.KeyRecord;
import dev.countersign.samples.collector.environment.NewKey;
import dev.countersign.samples.collector.runtime.Counters;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies that administrators get. */
final class Views {
    private Views() {}

    /** An environment. */
    @Serdeable.Serializable
    record EnvironmentView(String id, String name, String apiKey, String form, String mode, String anonymous) {
        static EnvironmentView of(Environment environment) {
            return new EnvironmentView(
                    environment.id(),
                    environment.name(),
                    environment.apiKey(),
                    environment.form().wireName(),
                    environment.policy().mode().name(),
                    environment.policy().anonymous().name());
        }
    }

    /** All environments. */
    @Serdeable.Serializable
    record EnvironmentsView(List<EnvironmentView> environments) {}

    /**
     * A new key: the only answer with a secret. {@code inUse} is false where the key is stored and the collector could
     * not load it yet; it tries again every 60 seconds.
     */
    @Serdeable.Serializable
    record NewKeyView(String id, String status, String description, String secret, long ringVersion, boolean inUse) {
        static NewKeyView of(CreatedKey created, String description) {
            NewKey key = created.key();
            return new NewKeyView(
                    key.id(), key.status().name(), description, key.secret(), key.ringVersion(), created.inUse());
        }

        /** Redacted. */
        @Override
        public String toString() {
            return "NewKeyView[" + id + "]";
        }
    }

    /** A key without its secret. {@code accepted} and {@code lastUsedAt} count since the collector started. */
    @Serdeable.Serializable
    record KeyView(
            String id,
            String status,
            String description,
            String createdAt,
            @Nullable String revokedAt,
            @Nullable String lastUsedAt,
            long accepted) {
        static KeyView of(KeyRecord key, Counters counters) {
            return new KeyView(
                    key.id(),
                    key.status().name(),
                    key.description(),
                    Instant.ofEpochMilli(key.createdAt()).toString(),
                    time(key.revokedAt()),
                    time(counters.lastUsedAt(key.id())),
                    counters.accepted(key.id()));
        }

        private static @Nullable String time(@Nullable Long millis) {
            return millis == null ? null : Instant.ofEpochMilli(millis).toString();
        }
    }

    /** The keys of an environment. */
    @Serdeable.Serializable
    record KeysView(long ringVersion, List<KeyView> keys) {}

    /** The ring after a change. */
    @Serdeable.Serializable
    record RingView(long ringVersion) {}

    /** What an environment has seen since the collector started. */
    @Serdeable.Serializable
    record CountersView(
            long accepted, long duplicates, long conflicts, Map<String, Long> rejected, Map<String, Long> failed) {
        static CountersView of(Counters counters) {
            return new CountersView(
                    counters.accepted(),
                    counters.duplicates(),
                    counters.conflicts(),
                    counters.rejected(),
                    counters.failed());
        }
    }

    /** The counters of all environments, by their ids. */
    @Serdeable.Serializable
    record StatsView(Map<String, CountersView> environments) {}
}
