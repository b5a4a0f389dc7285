package dev.countersign.client.delivery;

/** Why the client gave up an event that the collector had not judged. */
public enum DropReason {
    /** The queue was full, and this was the oldest event. */
    QUEUE_FULL,
    /** Older than the age limit. */
    TOO_OLD,
    /** {@link ClearPolicy#DROP} at the end of its session. */
    SESSION_CLEARED,
    /** {@link CollectionMode#DISABLED}. */
    COLLECTION_DISABLED,
    /** The client was closed. */
    CLOSED
}
