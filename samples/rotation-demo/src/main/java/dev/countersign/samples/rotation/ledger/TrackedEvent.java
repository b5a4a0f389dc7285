package dev.countersign.samples.rotation.ledger;

/**
 * One line of a client's ledger: a track call that returned.
 *
 * @param client the client process
 * @param n the event's number, counted by that client from 1
 * @param userId who was identified when the call was made
 */
public record TrackedEvent(String client, long n, String userId) {}
