package dev.countersign.samples.collector.runtime;

import java.io.IOException;

/** The other collectors that share a storage, as whoever makes a change sees them. Thread-safe. */
@FunctionalInterface
public interface OtherCollectors {

    /**
     * Waits until all of them judge events by what was committed before this call. Blocks for I/O.
     *
     * @throws IOException when one of them is not known to, within a short time; it will, by its regular refresh
     */
    void awaitTakenOver() throws IOException;

    /** For a collector that has its storage to itself. */
    static OtherCollectors none() {
        return () -> {};
    }
}
