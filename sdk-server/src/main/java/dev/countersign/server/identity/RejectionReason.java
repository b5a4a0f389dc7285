package dev.countersign.server.identity;

/**
 * Why a proof was refused. The names travel to clients as they are; a client treats one it does not know as {@code
 * OTHER}, so names may be added but never change.
 */
public enum RejectionReason {
    /** No proof, where one is required. */
    MISSING,
    /** Not of the form's shape: length, alphabet, padding, JSON, or an id outside its bounds. */
    MALFORMED,
    /** A scheme other than the environment's, such as {@code hmac_v2:}, or a JOSE feature that is not supported. */
    UNSUPPORTED_SCHEME,
    /** A JWT whose {@code alg} is not HS256. */
    ALGORITHM_NOT_ALLOWED,
    /** The proof names a key that the ring does not hold. */
    UNKNOWN_KEY,
    /** The proof names a key that was revoked. */
    REVOKED_KEY,
    /** The signature is not the one that the key makes for this id or these claims. */
    SIGNATURE_MISMATCH,
    /** The token's {@code exp} has passed. */
    EXPIRED,
    /** The token's {@code nbf} or {@code iat} lies in the future. */
    NOT_YET_VALID,
    /** The proof is genuine, but for another user or group, or for nobody. */
    SUBJECT_MISMATCH,
    /** An id inside the token is not a JSON string. */
    ID_NOT_STRING,
    /** The token has no top-level {@code nonce}. */
    NONCE_MISSING,
    /** The token is for another environment. */
    AUDIENCE_MISMATCH,
    /** The token is larger than 8 KiB. */
    TOO_LARGE,
    /** The environment takes no signed events ({@code UNSIGNED_ONLY}). */
    SIGNED_NOT_ENABLED
}
