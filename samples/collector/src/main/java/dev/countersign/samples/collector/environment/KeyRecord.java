package dev.countersign.samples.collector.environment;

import dev.countersign.server.key.KeyStatus;

/**
 * What is known about a key, for the people who look after it; its secret is not.
 *
 * @param id its id, which travels beside proofs
 * @param status its status
 * @param description what it is for
 * @param createdAt when it was created, in milliseconds since 1970
 */
public record KeyRecord(String id, KeyStatus status, String description, long createdAt) {}
