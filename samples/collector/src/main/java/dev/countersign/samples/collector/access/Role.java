package dev.countersign.samples.collector.access;

/** What a credential may do. */
public enum Role {
    /** Looks at everything but secrets and proofs, and changes nothing. */
    VIEWER,
    /** Does everything. */
    ADMIN
}
