package dev.countersign.samples.collector.storage;

/** What became of one accepted event. The rules are those of {@link EventStore}. */
public enum StoreOutcome {
    /** It is stored. */
    STORED,
    /** It is stored in the place of an unverified event of the same id. */
    REPLACED,
    /** The same event was stored before. */
    DUPLICATE,
    /** Another event holds its id. */
    CONFLICT
}
