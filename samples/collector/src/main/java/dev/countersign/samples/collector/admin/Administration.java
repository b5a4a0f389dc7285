package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.access.Caller;
import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.samples.collector.environment.KeyRecord;
import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.samples.collector.environment.NewKey;
import dev.countersign.samples.collector.environment.Verifiers;
import dev.countersign.samples.collector.environment.Verifiers.Verifier;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.runtime.OtherCollectors;
import dev.countersign.samples.collector.traffic.TrafficReport;
import dev.countersign.server.enforcement.EnforcementMode;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeyRotationException;
import dev.countersign.server.key.KeyStatus;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator may do to environments and their keys, with the confirmations it takes; the API and the
 * dashboard share it. A change is durable <b>and</b> in use when its method returns: the next event is judged by it. A
 * change that is durable and cannot be brought into use at once is refused as {@code CHANGE_NOT_CONFIRMED}; a new key is
 * returned all the same, because its secret cannot be shown again. Thread-safe; every method blocks for I/O.
 */
public final class Administration {
    /** Twice the time for which verifiers cache a ring. */
    public static final Duration ROLL_OUT = Duration.ofMinutes(2);

    private static final System.Logger LOG = System.getLogger(Administration.class.getName());

    private final EnvironmentStore environments;
    private final KeyStore keys;
    private final Verifiers verifiers;
    private final LiveEnvironments live;
    private final OtherCollectors others;
    private final TrafficReport traffic;
    private final Clock clock;

    /**
     * Administration of a collector.
     *
     * @param environments the environments in the database
     * @param keys their keys in the database
     * @param verifiers others that verify with these keys
     * @param live the environments as the ingest path sees them
     * @param others those who share the database with this collector
     * @param traffic what came in
     * @param clock how long a key has been there
     */
    public Administration(
            EnvironmentStore environments,
            KeyStore keys,
            Verifiers verifiers,
            LiveEnvironments live,
            OtherCollectors others,
            TrafficReport traffic,
            Clock clock) {
        this.environments = environments;
        this.keys = keys;
        this.verifiers = verifiers;
        this.live = live;
        this.others = others;
        this.traffic = traffic;
        this.clock = clock;
    }

    /** All environments. */
    public List<Environment> environments() {
        return environments.list();
    }

    /** The environment of an id; 404 when there is none. */
    public Environment environment(String id) {
        Environment found = environments.find(id);
        if (found == null) {
            throw new ApiException(HttpStatus.NOT_FOUND, "UNKNOWN_ENVIRONMENT", "there is no environment of this id");
        }
        return found;
    }

    /** Creates an environment; 404 when there is no such application. */
    public Environment create(Caller by, EnvironmentStore.Draft draft) {
        if (environments.applications().stream().noneMatch(known -> known.id().equals(draft.application()))) {
            throw new ApiException(HttpStatus.NOT_FOUND, "UNKNOWN_APPLICATION", "there is no application of this id");
        }
        Environment created = environments.create(by, draft);
        bringIn(created.id());
        return created;
    }

    /**
     * Changes the mode. What STRICT refuses is gone for good, so a switch to it is confirmed.
     *
     * @param confirm {@code STRICT} for a switch to STRICT
     */
    public void setMode(Caller by, Environment environment, EnforcementMode mode, @Nullable String confirm) {
        boolean toStrict =
                mode == EnforcementMode.STRICT && environment.policy().mode() != EnforcementMode.STRICT;
        if (toStrict && !EnforcementMode.STRICT.name().equals(confirm)) {
            TrafficReport.Day day = traffic.day(environment.id());
            throw confirmationRequired("STRICT refuses what it refuses for good; of the " + day.total()
                    + " events of the last 24 hours it would have refused " + day.strictTotal()
                    + " (GET …/enforcement says which): confirm must be STRICT");
        }
        environments.setMode(by, environment.id(), mode);
        bringIn(environment.id());
    }

    /** The keys of a ring, the revoked ones included. */
    public List<KeyRecord> keys(String ring) {
        return keys.list(ring);
    }

    /** The key of an id; 404 when the ring has none. */
    public KeyRecord key(String ring, String keyId) {
        return keys.list(ring).stream()
                .filter(key -> key.id().equals(keyId))
                .findFirst()
                .orElseThrow(() ->
                        new ApiException(HttpStatus.NOT_FOUND, "UNKNOWN_KEY", "the environment has no key of this id"));
    }

    /** The version of a ring; 0 while it has no key. */
    public long ringVersion(String ring) {
        return keys.ring(ring).map(KeyRing::version).orElse(0L);
    }

    /** Creates a key. Throws {@link KeyRotationException} for a sixth active one. */
    public CreatedKey createKey(Caller by, Environment environment, String ring, String description) {
        NewKey created = keys.create(by, ring, description);
        return new CreatedKey(created, isBroughtIn(environment.id()));
    }

    /**
     * Promotes a key. All verifiers must have it, or the operator says that they do, when they had the time.
     *
     * @param confirm the key's id, for the operator's word
     */
    public long promote(Caller by, Environment environment, String ring, String keyId, @Nullable String confirm) {
        KeyRecord key = key(ring, keyId);
        List<String> behind = key.status() == KeyStatus.PENDING ? behind(environment, ring, key) : List.of();
        if (!behind.isEmpty() && !(keyId.equals(confirm) && isRolledOut(key))) {
            throw new ApiException(
                    HttpStatus.CONFLICT,
                    "VERIFIERS_BEHIND",
                    "not yet known to have the key: " + String.join(", ", behind) + "; wait for them, or "
                            + ROLL_OUT.toSeconds() + " s after the key was created give your word: confirm must be"
                            + " the key's id");
        }
        return change(by, environment, ring, "key.promote", keyId, before -> KeyRotation.promote(before, keyId));
    }

    /** Retires a key. */
    public long retire(Caller by, Environment environment, String ring, String keyId) {
        return change(by, environment, ring, "key.retire", keyId, before -> KeyRotation.retire(before, keyId));
    }

    /**
     * Revokes a key that is not the primary.
     *
     * @param confirm the key's id
     */
    public long revoke(Caller by, Environment environment, String ring, String keyId, @Nullable String confirm) {
        requireConfirmed(ring, keyId, confirm);
        return change(by, environment, ring, "key.revoke", keyId, before -> KeyRotation.revoke(before, keyId));
    }

    /**
     * Revokes even the primary, whose place the replacement takes.
     *
     * @param confirm the revoked key's id
     */
    public long emergencyRevoke(
            Caller by,
            Environment environment,
            String ring,
            String keyId,
            String replacement,
            @Nullable String confirm) {
        requireConfirmed(ring, keyId, confirm);
        key(ring, replacement);
        return change(
                by,
                environment,
                ring,
                "key.emergency-revoke",
                keyId,
                before -> KeyRotation.emergencyRevoke(before, keyId, replacement));
    }

    /** Revokes the primary, whose place a new key takes. */
    public CreatedKey replace(Caller by, Environment environment, String ring, String keyId, @Nullable String confirm) {
        requireConfirmed(ring, keyId, confirm);
        NewKey created = keys.replace(by, ring, keyId, "replaces " + keyId);
        return new CreatedKey(created, isBroughtIn(environment.id()));
    }

    /** A stored key, and whether the next event is judged by it. */
    public record CreatedKey(NewKey key, boolean inUse) {}

    /** Who is not known to have a key: this collector, or other verifiers of the ring. */
    public List<String> behind(Environment environment, String ring, KeyRecord key) {
        LiveEnvironment here = live.byId(environment.id());
        List<String> behind = new ArrayList<>();
        if (here == null || here.ringVersion(ring) < key.addedIn()) {
            behind.add("this collector");
        }
        for (Verifier verifier : verifiers.list(ring)) {
            if (verifier.ringVersion() < key.addedIn()) {
                behind.add(verifier.name() + " (version " + verifier.ringVersion() + " of " + key.addedIn() + ")");
            }
        }
        return behind;
    }

    private boolean isRolledOut(KeyRecord key) {
        return clock.millis() - key.createdAt() >= ROLL_OUT.toMillis();
    }

    private void requireConfirmed(String ring, String keyId, @Nullable String confirm) {
        key(ring, keyId);
        if (!keyId.equals(confirm)) {
            throw confirmationRequired("a revocation cannot be undone, and "
                    + traffic.key(keyId).proofsToday()
                    + " proofs used this key in the last 24 hours: confirm must be the key's id");
        }
    }

    private static ApiException confirmationRequired(String why) {
        return new ApiException(HttpStatus.BAD_REQUEST, "CONFIRMATION_REQUIRED", why);
    }

    private long change(
            Caller by, Environment environment, String ring, String action, String keyId, UnaryOperator<KeyRing> step) {
        key(ring, keyId);
        long version = keys.change(by, ring, action, keyId, step);
        bringIn(environment.id());
        return version;
    }

    private void bringIn(String environment) {
        if (!isBroughtIn(environment)) {
            throw new ApiException(
                    HttpStatus.INTERNAL_SERVER_ERROR,
                    "CHANGE_NOT_CONFIRMED",
                    "the change is stored, but not all of it may be in use yet: the environment could not be loaded"
                            + " again; that is tried every 60 seconds");
        }
    }

    private boolean isBroughtIn(String environment) {
        try {
            live.refresh(environment);
            others.awaitTakenOver();
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a stored change of " + environment + " is not in use yet", e);
            return false;
        }
    }
}
