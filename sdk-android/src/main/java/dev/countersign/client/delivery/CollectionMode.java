package dev.countersign.client.delivery;

/** What the user agreed to. Kept in the client's directory, if it has one, until it is changed. */
public enum CollectionMode {
    /** Events are recorded and sent. */
    ENABLED,
    /** Events are recorded and wait: nothing is sent and no proof is asked for. */
    PAUSED,
    /** Nothing is recorded. Going here drops all queued events and forgets whom they were about. */
    DISABLED
}
