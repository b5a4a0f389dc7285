package dev.countersign.samples.collector.environment;

import dev.countersign.server.key.KeyStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a key, for the people who look after it; its secret is not.
 *
 * @param id its id, which travels beside proofs
 * @param status its status
 * @param description what it is for
 * @param createdAt when it was created, in milliseconds since 1970
 * @param revokedAt when it was revoked, in milliseconds since 1970; null unless it is
 */
public record KeyRecord(
        String id,
        KeyStatus status,
        String description,
        long createdAt,
        @Nullable Long revokedAt) {}
