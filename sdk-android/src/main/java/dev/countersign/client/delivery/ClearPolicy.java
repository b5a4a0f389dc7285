package dev.countersign.client.delivery;

/** What becomes of the queued events of a session that is cleared. */
public enum ClearPolicy {
    /** They are sent with the last proof, which serves nothing else, while it is valid and the process lives. The default. */
    SEND,
    /** They wait until their user returns, or for their age limit. Anonymous events are sent all the same. */
    HOLD,
    /** They are dropped and reported. */
    DROP
}
