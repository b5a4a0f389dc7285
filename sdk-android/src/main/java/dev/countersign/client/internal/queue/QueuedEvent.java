package dev.countersign.client.internal.queue;

import org.jspecify.annotations.Nullable;

/**
 * One event in a queue: bytes and an opaque owner tag. Its bytes are in memory, or in a file and in memory only while
 * it travels. What may change is guarded by the lock of its queue.
 */
public final class QueuedEvent {
    private static final byte[] NONE = new byte[0];

    private final long sequence;
    private Lane lane;
    private final long queuedAtMillis;
    private final int length;

    private @Nullable Segment segment;
    private int at;
    /** Whether it was handed out to be delivered, so that its bytes must stay at hand. */
    private boolean travels;
    /** Read without the lock by whom it was handed out to. */
    private volatile byte[] bytes = NONE;

    // Places in both lists of EventLists.
    QueuedEvent next = this;
    QueuedEvent previous = this;
    QueuedEvent laneNext = this;
    QueuedEvent lanePrevious = this;
    boolean linked;

    QueuedEvent(long sequence, Lane lane, long queuedAtMillis, int length) {
        this.sequence = sequence;
        this.lane = lane;
        this.queuedAtMillis = queuedAtMillis;
        this.length = length;
    }

    /** Its place in the queue: later events have higher numbers. */
    public long sequence() {
        return sequence;
    }

    /** Whom it belongs to. */
    public String owner() {
        return lane.owner();
    }

    /** When it was queued, in the client's elapsed time. */
    public long queuedAtMillis() {
        return queuedAtMillis;
    }

    /** How many bytes the event has. */
    public int length() {
        return length;
    }

    /**
     * The event, from index 0, not to be changed. Only for events that the queue handed out: as peeked, until the next
     * peek; or as removed or given up.
     */
    public byte[] bytes() {
        return bytes;
    }

    Lane lane() {
        return lane;
    }

    /** Into that of the same owner in other lists. */
    void changeLane(Lane sameOwners) {
        lane = sameOwners;
    }

    void holdBytes(byte[] event) {
        bytes = event;
    }

    /** It is in this file now. */
    void storedAt(Segment in, int place) {
        segment = in;
        at = place;
        unload();
    }

    /** The file that it is in, if any. */
    @Nullable
    Segment segment() {
        return segment;
    }

    int at() {
        return at;
    }

    /** Brings its bytes to memory. */
    void load() {
        if (segment != null && bytes.length == 0) {
            bytes = segment.event(at);
        }
    }

    /** It is handed out: its bytes stay in memory until {@link #arrive}. */
    void depart() {
        travels = true;
        load();
    }

    void arrive() {
        travels = false;
        if (linked) { // whoever took it out still reads it
            unload();
        }
    }

    private void unload() {
        if (segment != null && !travels) {
            bytes = NONE;
        }
    }
}
