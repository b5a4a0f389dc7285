package dev.countersign.samples.collector.environment;

/** What becomes of an event with an invalid proof in OPTIONAL: vendors differ. */
public enum InvalidInOptional {
    /** It is dropped, as Pendo does; never downgraded to an unsigned one. */
    DROP,
    /** It is accepted and marked failed, as Braze does; never shown as verified. */
    MARK
}
