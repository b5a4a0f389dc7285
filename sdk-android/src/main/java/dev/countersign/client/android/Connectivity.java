package dev.countersign.client.android;

/** Watches for the network to come back. */
interface Connectivity {

    /**
     * Begins.
     *
     * @throws RuntimeException when the system does not let it
     */
    void watch();

    /** Ends. */
    void leave();
}
