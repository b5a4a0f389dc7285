package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.access.AuditLog;
import dev.countersign.samples.collector.access.Credentials;
import dev.countersign.samples.collector.admin.Administration.CreatedKey;
import dev.countersign.samples.collector.environment.Application;
import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.KeyRecord;
import dev.countersign.samples.collector.environment.NewKey;
import dev.countersign.samples.collector.environment.Verifiers;
import dev.countersign.samples.collector.runtime.Counters;
import dev.countersign.samples.collector.traffic.TrafficReport;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies that administrators get. */
final class Views {
    private Views() {}

    /** An application. */
    @Serdeable.Serializable
    record ApplicationView(String id, String name) {
        static ApplicationView of(Application application) {
            return new ApplicationView(application.id(), application.name());
        }
    }

    /** All applications. */
    @Serdeable.Serializable
    record ApplicationsView(List<ApplicationView> applications) {}

    /** An environment. */
    @Serdeable.Serializable
    record EnvironmentView(
            String id,
            String application,
            String name,
            String apiKey,
            String profile,
            String form,
            boolean groupKeys,
            String mode,
            String anonymous,
            String invalidInOptional) {
        static EnvironmentView of(Environment environment) {
            return new EnvironmentView(
                    environment.id(),
                    environment.application(),
                    environment.name(),
                    environment.apiKey(),
                    environment.profile().wireName(),
                    environment.form().wireName(),
                    environment.groupKeys(),
                    environment.policy().mode().name(),
                    environment.policy().anonymous().name(),
                    environment.invalidInOptional().name());
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

    /**
     * A key without its secret. {@code accepted} and {@code lastUsedAt} count since the key exists, {@code proofsToday}
     * in the last 24 hours. {@code warning} says what to do about an old key.
     */
    @Serdeable.Serializable
    record KeyView(
            String id,
            String status,
            String description,
            String createdAt,
            String createdBy,
            @Nullable String revokedAt,
            @Nullable String revokedBy,
            @Nullable String lastUsedAt,
            long accepted,
            long proofsToday,
            @Nullable String warning) {
        static KeyView of(KeyRecord key, TrafficReport.@Nullable KeyUse use, long now) {
            return new KeyView(
                    key.id(),
                    key.status().name(),
                    key.description(),
                    Instant.ofEpochMilli(key.createdAt()).toString(),
                    key.createdBy(),
                    time(key.revokedAt()),
                    key.revokedBy(),
                    use == null ? null : time(use.lastUsedAt()),
                    use == null ? 0 : use.accepted(),
                    use == null ? 0 : use.proofsToday(),
                    key.ageWarning(now));
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

    /** What STRICT refuses, or would, of the last 24 hours. */
    @Serdeable.Serializable
    record EnforcementView(
            String mode, long events, long verified, long refusedInStrict, List<RefusedInStrictView> byReason) {
        static EnforcementView of(Environment environment, TrafficReport.Day day) {
            return new EnforcementView(
                    environment.policy().mode().name(),
                    day.total(),
                    day.verified(),
                    day.strictTotal(),
                    day.strict().stream()
                            .map(one -> new RefusedInStrictView(one.reason(), one.appVersion(), one.count()))
                            .toList());
        }
    }

    /** Events of one app version that STRICT refuses for one reason. */
    @Serdeable.Serializable
    record RefusedInStrictView(String reason, String appVersion, long events) {}

    /** The user of an anonymous id. */
    @Serdeable.Serializable
    record LinkView(String anonymousId, String userId) {}

    /** A verifier and what it reported. */
    @Serdeable.Serializable
    record VerifierView(String name, long ringVersion, String reportedAt) {
        static VerifierView of(Verifiers.Verifier verifier) {
            return new VerifierView(
                    verifier.name(),
                    verifier.ringVersion(),
                    Instant.ofEpochMilli(verifier.reportedAt()).toString());
        }
    }

    /** The verifiers of a ring. */
    @Serdeable.Serializable
    record VerifiersView(List<VerifierView> verifiers) {}

    /** A credential without its token. */
    @Serdeable.Serializable
    record CredentialView(String id, String name, String role, String createdAt) {
        static CredentialView of(Credentials.Listed listed) {
            return new CredentialView(
                    listed.id(),
                    listed.name(),
                    listed.role().name(),
                    Instant.ofEpochMilli(listed.createdAt()).toString());
        }
    }

    /** All credentials. */
    @Serdeable.Serializable
    record CredentialsView(List<CredentialView> credentials) {}

    /** A new credential: the only answer with its token. */
    @Serdeable.Serializable
    record NewCredentialView(String id, String token) {
        /** Redacted. */
        @Override
        public String toString() {
            return "NewCredentialView[" + id + "]";
        }
    }

    /** Something that was done. */
    @Serdeable.Serializable
    record AuditEntryView(String at, String who, String action, String subject, String detail) {
        static AuditEntryView of(AuditLog.Entry entry) {
            return new AuditEntryView(
                    Instant.ofEpochMilli(entry.at()).toString(),
                    entry.who(),
                    entry.action(),
                    entry.subject(),
                    entry.detail());
        }
    }

    /** What was done, the latest first. */
    @Serdeable.Serializable
    record AuditView(List<AuditEntryView> entries) {}

    /** Why a proof fails. */
    @Serdeable.Serializable
    record DiagnosisView(String cause, String advice) {}
}
