package dev.countersign.server.key;

/** Where a key stands in its life: PENDING, then PRIMARY, then RETIRING, then REVOKED. */
public enum KeyStatus {
    /** Created and verified, not yet signed with: every verifier must hold it first. */
    PENDING,
    /** The one key of a ring that signs. */
    PRIMARY,
    /** Signs no more; verifies as long as proofs made with it may be alive. May be promoted back. */
    RETIRING,
    /** Neither signs nor verifies. Final. */
    REVOKED;

    /** Whether signers use the key. */
    public boolean signs() {
        return this == PRIMARY;
    }

    /** Whether verifiers accept the key's proofs; such a key counts as active. */
    public boolean verifies() {
        return this != REVOKED;
    }
}
