package dev.countersign.benchmarks.client;

import java.io.Closeable;

/** One SDK, driven as its documentation shows. Every event is the same but for its number, which the sink looks for. */
interface Subject extends Closeable {
    /** What the events are called. */
    String EVENT = "Invoice Paid";
    /** Whose they are. */
    String USER = "u_123";

    /** Starts a client. */
    void start(Setup setup);

    /** Builds properties of five keys, {@code seq} among them, and tracks an event with them. */
    void track(int seq);

    /** Sends what is queued soon. */
    void flush();

    @Override
    void close();
}
