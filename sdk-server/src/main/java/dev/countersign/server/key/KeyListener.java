package dev.countersign.server.key;

import java.time.Duration;
import java.time.Instant;

/**
 * What happens to the keys, for logs, metrics and health checks. Override what you need. Called on the thread that
 * loads, one call at a time; what it throws is logged and goes no further.
 */
public interface KeyListener {
    /** A ring was loaded: the first one, one that differs from the last, or the first after failures. */
    default void loaded(KeyRing ring) {}

    /** A load failed, and the last good ring, this old, stays in use until {@code maxStale}. */
    default void failed(Exception failure, Duration ringAge) {}

    /** A key signed or verified for the first time since the source was built. */
    default void keyFirstUsed(String keyId) {}

    /**
     * A key signed or verified since the previous refresh; told once a refresh, so {@code at} is exact to {@code
     * refreshEvery}. A retiring key of which this is no longer told has no traffic left.
     */
    default void keyLastSeen(String keyId, Instant at) {}
}
