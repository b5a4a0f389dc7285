package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.samples.collector.environment.KeyRecord;
import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.samples.collector.environment.NewKey;
import dev.countersign.samples.collector.environment.ProofForm;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.server.enforcement.EnforcementMode;
import dev.countersign.server.enforcement.EnforcementPolicy;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeyRotationException;
import io.micronaut.http.HttpStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What an administrator may do. A change is durable <b>and</b> in use when its method returns: the next event is judged
 * by it. A change that is durable and cannot be brought into use at once is refused as {@code CHANGE_NOT_CONFIRMED}; a
 * new key is returned all the same, because its secret cannot be shown again. Thread-safe; every method blocks for I/O.
 */
public final class Administration {
    private static final System.Logger LOG = System.getLogger(Administration.class.getName());

    private final EnvironmentStore environments;
    private final KeyStore keys;
    private final LiveEnvironments live;

    /**
     * Administration of a collector.
     *
     * @param environments the environments in the database
     * @param keys their keys in the database
     * @param live the same as the ingest path sees them
     */
    public Administration(EnvironmentStore environments, KeyStore keys, LiveEnvironments live) {
        this.environments = environments;
        this.keys = keys;
        this.live = live;
    }

    List<Environment> environments() {
        return environments.list();
    }

    Optional<Environment> environment(String id) {
        return Optional.ofNullable(environments.find(id));
    }

    Environment create(String name, ProofForm form, EnforcementPolicy policy) {
        Environment created = environments.create(name, form, policy);
        bringIn(created.id());
        return created;
    }

    void setMode(String environment, EnforcementMode mode) {
        environments.setMode(environment, mode);
        bringIn(environment);
    }

    List<KeyRecord> keys(String environment) {
        return keys.list(environment);
    }

    long ringVersion(String environment) {
        return keys.ring(environment).map(KeyRing::version).orElse(0L);
    }

    /** Throws {@link KeyRotationException} for a sixth active key. */
    CreatedKey createKey(String environment, String description) {
        NewKey created = keys.create(environment, description);
        return new CreatedKey(created, isBroughtIn(environment));
    }

    /** Takes a step of {@link KeyRotation} and returns the new ring's version. */
    long change(String environment, UnaryOperator<KeyRing> step) {
        long version = keys.change(environment, step);
        bringIn(environment);
        return version;
    }

    /** Creates a key that takes the place of another, which is revoked in the same step. */
    CreatedKey replaceKey(String environment, String revokedId) {
        NewKey created = keys.replace(environment, revokedId, "replaces " + revokedId);
        return new CreatedKey(created, isBroughtIn(environment));
    }

    /** A stored key, and whether the next event is judged by it. */
    record CreatedKey(NewKey key, boolean inUse) {}

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
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a stored change of " + environment + " is not in use yet", e);
            return false;
        }
    }
}
