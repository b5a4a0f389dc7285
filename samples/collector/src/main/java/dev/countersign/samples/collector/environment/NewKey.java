package dev.countersign.samples.collector.environment;

import dev.countersign.server.key.KeyStatus;

/**
 * A key that was just created. This is the only place where its secret can be read.
 *
 * @param id its id
 * @param status PRIMARY for an environment's first key or an emergency's replacement, PENDING otherwise
 * @param secret {@code sis_…}
 * @param ringVersion the version of the ring that it came with
 */
public record NewKey(String id, KeyStatus status, String secret, long ringVersion) {
    /** Redacted. */
    @Override
    public String toString() {
        return "NewKey[" + id + ", " + status + "]";
    }
}
