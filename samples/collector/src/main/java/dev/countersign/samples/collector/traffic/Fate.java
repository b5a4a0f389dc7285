package dev.countersign.samples.collector.traffic;

/** What became of an event. */
public enum Fate {
    /** Stored; its owner is proven. */
    VERIFIED,
    /** Stored; nothing is proven. */
    ACCEPTED,
    /** Stored although its proof is wrong. */
    MARKED_FAILED,
    /** Not stored. */
    REFUSED,
    /** Stored before. */
    DUPLICATE
}
