package dev.countersign.client.internal.queue;

/** One event in a queue: bytes and an opaque owner tag. The bytes are not to be changed. */
public class QueuedEvent {
    private final long sequence;
    private final String owner;
    private final long queuedAtMillis;
    private final byte[] bytes;
    private final int length;

    /** The {@code sequence}-th event of its queue, the first {@code length} of {@code bytes}. */
    protected QueuedEvent(long sequence, String owner, long queuedAtMillis, byte[] bytes, int length) {
        this.sequence = sequence;
        this.owner = owner;
        this.queuedAtMillis = queuedAtMillis;
        this.bytes = bytes;
        this.length = length;
    }

    /** Its place in the queue: later events have higher numbers. */
    public final long sequence() {
        return sequence;
    }

    /** Whom it belongs to. */
    public final String owner() {
        return owner;
    }

    /** When it was queued, on the clock whose times the queue is given. */
    public final long queuedAtMillis() {
        return queuedAtMillis;
    }

    /** The array that holds the event from index 0. */
    public final byte[] bytes() {
        return bytes;
    }

    /** How many of the array's bytes are the event. */
    public final int length() {
        return length;
    }
}
