package dev.countersign.samples.rotation.account;

/**
 * Refusals that honest clients reported.
 *
 * @param at when, in milliseconds since 1970
 * @param events how many since the report before
 */
public record Refused(long at, long events) {}
