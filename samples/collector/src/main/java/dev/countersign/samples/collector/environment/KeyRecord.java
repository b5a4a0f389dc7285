package dev.countersign.samples.collector.environment;

import dev.countersign.server.key.KeyStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a key, for the people who look after it; its secret is not.
 *
 * @param id its id, which travels beside proofs
 * @param status its status
 * @param description what it is for
 * @param createdAt when it was created, in milliseconds since 1970
 * @param createdBy the name of the credential that created it
 * @param addedIn the version of the ring that it came with
 * @param revokedAt when it was revoked, in milliseconds since 1970; null unless it is
 * @param revokedBy the name of the credential that revoked it; null unless it is
 */
public record KeyRecord(
        String id,
        KeyStatus status,
        String description,
        long createdAt,
        String createdBy,
        long addedIn,
        @Nullable Long revokedAt,
        @Nullable String revokedBy) {
    /** From this age on the primary should be rotated: what leaked unseen stays good for as long as the key. */
    private static final Duration OLD = Duration.ofDays(90);

    /**
     * What to do about the key's age.
     *
     * @param now in milliseconds since 1970
     * @return one sentence; null while the key is young, or not the primary
     */
    public @Nullable String ageWarning(long now) {
        long days = Duration.ofMillis(now - createdAt).toDays();
        return status == KeyStatus.PRIMARY && days >= OLD.toDays()
                ? "this key is " + days + " days old: rotate it, without downtime, by creating its successor"
                : null;
    }
}
