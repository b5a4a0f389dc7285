package dev.countersign.client.internal.transport;

/** Carries a batch to the collector and brings back its answer. Used by one thread at a time. */
public interface Transport {

    /**
     * Sends a batch and waits for the answer; never throws for network reasons.
     *
     * @param gzippedBatch {@code {"events":[…]}}, compressed
     * @param events how many there are in it
     */
    Answer send(byte[] gzippedBatch, int events);

    /** Ends a request that is under way, and frees what belongs to the client alone. Callable from any thread. */
    void close();
}
