package dev.countersign.client.delivery;

import org.jspecify.annotations.Nullable;

/** Why the collector did not accept an identity proof, as it says in {@code reason}. */
public enum RejectionReason {
    /** There was no proof. */
    MISSING,
    /** The proof has the wrong shape. */
    MALFORMED,
    /** A prefix that the collector does not know. */
    UNSUPPORTED_SCHEME,
    /** A JWT that is not signed with HS256. */
    ALGORITHM_NOT_ALLOWED,
    /** Signed by a key that the environment does not have. */
    UNKNOWN_KEY,
    /** Signed by a key that was revoked. */
    REVOKED_KEY,
    /** The proof does not belong to the id. */
    SIGNATURE_MISMATCH,
    /** Too old. */
    EXPIRED,
    /** Not valid yet. */
    NOT_YET_VALID,
    /** The token is about another user than the event. */
    SUBJECT_MISMATCH,
    /** An id in the token is not a string. */
    ID_NOT_STRING,
    /** The token has no nonce. */
    NONCE_MISSING,
    /** The token is for another environment. */
    AUDIENCE_MISMATCH,
    /** The token is too long. */
    TOO_LARGE,
    /** The environment accepts no proofs at all. */
    SIGNED_NOT_ENABLED,
    /** A reason that this version does not know. */
    OTHER;

    /** The reason of this name; {@link #OTHER} for an unknown or missing one. */
    public static RejectionReason of(@Nullable String name) {
        for (RejectionReason reason : values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        return OTHER;
    }
}
