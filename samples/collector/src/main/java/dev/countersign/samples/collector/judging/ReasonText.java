package dev.countersign.samples.collector.judging;

import dev.countersign.server.identity.RejectionReason;

/** A sentence for the developer of a client whose proof does not hold. Says nothing that helps to forge one. */
final class ReasonText {
    private ReasonText() {}

    /** The sentence for a reason, about the proof of a {@code user} or a {@code group}. */
    static String of(RejectionReason reason, String of) {
        return switch (reason) {
            case MISSING -> "A " + of + " identity proof is required";
            case MALFORMED -> "The " + of + " identity proof is malformed";
            case UNSUPPORTED_SCHEME -> "The " + of + " identity proof has an unsupported scheme";
            case ALGORITHM_NOT_ALLOWED -> "The " + of + " identity token is not signed with HS256";
            case UNKNOWN_KEY -> "The " + of + " identity proof names an unknown signing key";
            case REVOKED_KEY -> "The " + of + " identity proof is signed with a revoked key";
            case SIGNATURE_MISMATCH -> "Incorrect " + of + " identity verification signature";
            case EXPIRED -> "The " + of + " identity token has expired";
            case NOT_YET_VALID -> "The " + of + " identity token is not valid yet";
            case SUBJECT_MISMATCH -> "The " + of + " identity token names another " + of;
            case ID_NOT_STRING -> "The " + of + " identity token has an id that is no string";
            case NONCE_MISSING -> "The " + of + " identity token has no nonce";
            case AUDIENCE_MISMATCH -> "The " + of + " identity token is meant for another environment";
            case TOO_LARGE -> "The " + of + " identity proof is too large";
            case SIGNED_NOT_ENABLED -> "This environment does not accept signed events";
        };
    }
}
