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

    /** Where queued events are. */
    public enum Storage {
        /** In memory, as the app asked for: lost with the process. */
        MEMORY,
        /** In memory until the client's directory is open, some milliseconds after {@code build()}. */
        OPENING,
        /** In the client's directory, except for those that {@link #getInMemory} counts. */
        DURABLE,
        /** In memory, because the directory cannot be used; that is tried again every minute. */
        UNAVAILABLE
    }

    private final Builder values;

    private Diagnostics(Builder values) {
        this.values = values;
    }

    /** What delivery does. */
    public State getState() {
        return values.state;
    }

    /** Events that are not delivered yet. */
    public int getQueuedEvents() {
        return values.queuedEvents;
    }

    /** How many of them would be lost if the process ended now. */
    public int getInMemory() {
        return values.inMemory;
    }

    /** Where they are. */
    public Storage getStorage() {
        return values.storage;
    }

    /** What the user agreed to. */
    public CollectionMode getCollection() {
        return values.collection;
    }

    /** Their size without proofs. */
    public long getQueuedBytes() {
        return values.queuedBytes;
    }

    /** Events that the collector stored, since the client was built. */
    public long getDelivered() {
        return values.delivered;
    }

    /** Events that the collector rejected for good, since the client was built. */
    public long getRejected() {
        return values.rejected;
    }

    /** Events that the client gave up, since it was built. */
    public long getDropped() {
        return values.dropped;
    }

    /** Requests that failed in a row. */
    public int getFailures() {
        return values.failures;
    }

    /** Milliseconds until the next request is allowed, 0 when one is. */
    public long getWaitMillis() {
        return values.waitMillis;
    }

    @Override
    public String toString() {
        return "Diagnostics(" + values.state + ", collection " + values.collection + ", storage " + values.storage
                + ", queued " + values.queuedEvents + " events, " + values.queuedBytes + " bytes, in memory only "
                + values.inMemory + ", delivered " + values.delivered + ", rejected " + values.rejected + ", dropped "
                + values.dropped + ", failures " + values.failures + ", next request in " + values.waitMillis + " ms)";
    }

    /** For the client. */
    public static final class Builder {
        private State state = State.READY;
        private Storage storage = Storage.MEMORY;
        private CollectionMode collection = CollectionMode.ENABLED;
        private int queuedEvents;
        private long queuedBytes;
        private int inMemory;
        private long delivered;
        private long rejected;
        private long dropped;
        private int failures;
        private long waitMillis;

        /** What delivery does, and what it may. */
        public Builder state(State state, CollectionMode collection) {
            this.state = state;
            this.collection = collection;
            return this;
        }

        /** What is queued, and where. */
        public Builder queue(Storage storage, int events, long bytes, int inMemory) {
            this.storage = storage;
            this.queuedEvents = events;
            this.queuedBytes = bytes;
            this.inMemory = inMemory;
            return this;
        }

        /** What became of events. */
        public Builder counts(long delivered, long rejected, long dropped) {
            this.delivered = delivered;
            this.rejected = rejected;
            this.dropped = dropped;
            return this;
        }

        /** How the last requests went. */
        public Builder requests(int failures, long waitMillis) {
            this.failures = failures;
            this.waitMillis = waitMillis;
            return this;
        }

        /** The values so far; not to be used afterwards. */
        public Diagnostics build() {
            return new Diagnostics(this);
        }
    }
}
