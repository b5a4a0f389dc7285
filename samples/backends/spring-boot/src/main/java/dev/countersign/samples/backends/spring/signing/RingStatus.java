package dev.countersign.samples.backends.spring.signing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * How a key ring does, for anybody to see: no secret, no path.
 *
 * @param ringVersion null when no ring may be trusted any more
 * @param lastFailure why the last load failed; null while all is well
 */
public record RingStatus(
        @Nullable Long ringVersion,
        long ringAgeSeconds,
        @Nullable String primary,
        @Nullable String lastFailure) {

    /** Whether there is a ring to sign with. */
    @JsonIgnore
    public boolean isTrusted() {
        return ringVersion != null;
    }
}
