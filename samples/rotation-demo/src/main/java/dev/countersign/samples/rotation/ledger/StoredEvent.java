package dev.countersign.samples.rotation.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One row of the collector's store.
 *
 * @param type {@code track}, {@code identify} or {@code group}
 * @param client the client process that sent it, as its properties say; null if they do not
 * @param n the client's number for it; 0 if its properties have none
 * @param keyId the key that proved it; null if none did
 * @param receivedAt when the collector took it, in milliseconds since 1970
 */
public record StoredEvent(
        String environment,
        String type,
        @Nullable String userId,
        @Nullable String client,
        long n,
        String verdict,
        @Nullable String keyId,
        long receivedAt) {

    boolean isVerified() {
        return verdict.equals("VERIFIED") && keyId != null;
    }

    boolean isTracked() {
        return type.equals("track");
    }
}
