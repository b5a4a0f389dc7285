package dev.countersign.server.enforcement;

/** How strictly an environment treats proofs. The table stands at {@link EnforcementPolicy}. */
public enum EnforcementMode {
    /** Signed events are not taken (Pendo's "disabled"). */
    UNSIGNED_ONLY,
    /** Everything is taken; what fails is marked and counted. The first step of a roll-out. */
    OBSERVE,
    /** A proof may be left out; one that fails is refused. */
    OPTIONAL,
    /** Nothing is taken without a valid proof. */
    STRICT
}
