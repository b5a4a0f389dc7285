package dev.countersign.client.delivery;

/** How delivery stands at one moment; safe to print. Immutable. */
public final class Diagnostics {

    /** What delivery does. */
    public enum State {
        /** Sends when something is due. */
        READY,
        /** Waits after a failed request. */
        BACKING_OFF,
        /** Pauses because the collector does not know the API key; tries again every quarter of an hour. */
        API_KEY_REFUSED,
        /** The client was closed. */
        CLOSED
    }

    private final State state;
    private final int queuedEvents;
    private final long queuedBytes;
    private final long delivered;
    private final long rejected;
    private final long dropped;
    private final int failures;
    private final long waitMillis;

    /** For the client. */
    public Diagnostics(
            State state,
            int queuedEvents,
            long queuedBytes,
            long delivered,
            long rejected,
            long dropped,
            int failures,
            long waitMillis) {
        this.state = state;
        this.queuedEvents = queuedEvents;
        this.queuedBytes = queuedBytes;
        this.delivered = delivered;
        this.rejected = rejected;
        this.dropped = dropped;
        this.failures = failures;
        this.waitMillis = waitMillis;
    }

    /** What delivery does. */
    public State state() {
        return state;
    }

    /** Events that are not delivered yet. */
    public int queuedEvents() {
        return queuedEvents;
    }

    /** Their size without proofs. */
    public long queuedBytes() {
        return queuedBytes;
    }

    /** Events that the collector stored, since the client was built. */
    public long delivered() {
        return delivered;
    }

    /** Events that the collector rejected for good, since the client was built. */
    public long rejected() {
        return rejected;
    }

    /** Events that the client gave up, since it was built. */
    public long dropped() {
        return dropped;
    }

    /** Requests that failed in a row. */
    public int failures() {
        return failures;
    }

    /** Milliseconds until the next request is allowed, 0 when one is. */
    public long waitMillis() {
        return waitMillis;
    }

    @Override
    public String toString() {
        return "Diagnostics(" + state + ", queued " + queuedEvents + " events, " + queuedBytes + " bytes, delivered "
                + delivered + ", rejected " + rejected + ", dropped " + dropped + ", failures " + failures
                + ", next request in " + waitMillis + " ms)";
    }
}
