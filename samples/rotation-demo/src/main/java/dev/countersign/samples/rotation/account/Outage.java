package dev.countersign.samples.rotation.account;

/**
 * A time without a network for one client, in milliseconds since 1970.
 *
 * @param client the client's name
 */
public record Outage(String client, long startedAt, long endedAt) {}
