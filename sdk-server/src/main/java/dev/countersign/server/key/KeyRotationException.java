package dev.countersign.server.key;

/** A step of a rotation that is not allowed now. The ring is as it was. */
public final class KeyRotationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Which rule stands in the way. */
    public enum Rule {
        /** Five keys are active already: revoke one that is no longer used. */
        KEY_LIMIT,
        /** The ring has, or had, a key of this id. */
        DUPLICATE_KEY,
        /** The ring has no key of this id. */
        UNKNOWN_KEY,
        /** The key is revoked, which is final. */
        REVOKED_KEY,
        /** The key is the primary: promote another first. */
        PRIMARY_KEY,
        /** The key's status does not allow the step. */
        WRONG_STATUS
    }

    private final Rule rule;
    private final String keyId;

    KeyRotationException(Rule rule, String keyId, String message) {
        super(message);
        this.rule = rule;
        this.keyId = keyId;
    }

    /** The rule that stands in the way. */
    public Rule rule() {
        return rule;
    }

    /** The key of the step that was refused. */
    public String keyId() {
        return keyId;
    }
}
