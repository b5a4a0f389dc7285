package dev.countersign.client.internal.support;

/** Time as the client sees it; passed in, so that tests move it by hand. Safe for use by several threads. */
public interface Clock {

    /** The device's calendar time in milliseconds since the epoch; may be wrong and may jump. */
    long wallMillis();

    /** Milliseconds since some fixed moment; never goes back. */
    long elapsedMillis();

    /** The clock of the machine. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
