package dev.countersign.server.diagnosis;

import dev.countersign.server.diagnosis.Diagnosis.Cause;
import dev.countersign.server.identity.VerificationException;

/** The sentence that goes with each cause. */
final class Advice {
    private Advice() {}

    static Diagnosis of(Cause cause) {
        return new Diagnosis(cause, sentence(cause));
    }

    /** For a cause that names a key or, for {@link Cause#OTHER_ENVIRONMENT}, an environment. */
    static Diagnosis ofKey(Cause cause, String name) {
        return new Diagnosis(
                cause,
                switch (cause) {
                    case OTHER_KEY ->
                        "The proof was made with key " + name
                                + ", not with the key named beside it: send the id of the key that signed.";
                    case REVOKED_KEY ->
                        "The proof was made with key " + name
                                + ", which is revoked: give the back end the current secret and fetch a new proof.";
                    case OTHER_ENVIRONMENT ->
                        "The proof was made with a key of the environment " + name
                                + ": give the back end this environment's secret.";
                    default -> throw new IllegalArgumentException("cause is " + cause);
                });
    }

    static Diagnosis ofClaims(VerificationException refused) {
        return new Diagnosis(Cause.CLAIMS, refused.reason() + ": " + refused.getMessage() + ".");
    }

    private static String sentence(Cause cause) {
        return switch (cause) {
            case VALID -> "The proof is valid.";
            case MISSING -> "There is no proof: have the app fetch one from its back end and pass it to identify.";
            case ID_NOT_ALLOWED ->
                "The id is empty, longer than 256 code points or ill-formed: send the id as it is kept.";
            case OTHER_FORM ->
                "The proof is of another form, a JWT for an HMAC or the reverse: sign in the form that"
                        + " the environment is set to.";
            case OTHER_HASH -> "The proof is as long as another hash function's output: use HMAC-SHA256.";
            case UNREADABLE -> "The proof is not the text of 32 bytes: send the signer's output as it is.";
            case PYTHON_BYTES ->
                "The proof is wrapped in Python's b'…': decode the bytes to text with .decode('ascii').";
            case WHITE_SPACE ->
                "The proof has white space around it, often a line break: use an encoder that adds none,"
                        + " in Ruby strict_encode64.";
            case PREFIX_MISSING -> "The proof lacks its prefix: send hmac_v1: followed by the hex.";
            case PREFIX_NOT_EXPECTED ->
                "The proof starts with hmac_v1:, which this form has not: send the signature alone.";
            case BASE64_FOR_HEX -> "The MAC is right but in Base64: encode it as lower-case hex.";
            case HEX_FOR_BASE64 -> "The MAC is right but in hex: encode its 32 bytes, not the hex text, as Base64.";
            case UPPER_CASE_HEX -> "The MAC is right but in upper-case hex: use lower case.";
            case SPACE_FOR_PLUS ->
                "The plus signs of the Base64 turned into spaces: percent-encode it, or keep it out of" + " URLs.";
            case BASE64_VARIANT -> "The MAC is right but in another Base64: use the standard alphabet with padding.";
            case TRIMMED_ID -> "The id without the white space around it was signed: sign and send the same text.";
            case FOLDED_ID -> "The id in another letter case was signed: sign and send the same text.";
            case NFC_ID -> "The id in Unicode form NFC was signed and another form sent: sign and send the same text.";
            case NFD_ID -> "The id in Unicode form NFD was signed and another form sent: sign and send the same text.";
            case QUOTED_ID -> "The id with quotes around it was signed: sign the bare text, not its JSON.";
            case ID_WITH_NEWLINE ->
                "The id followed by a line break was signed: sign the bare text, in a shell with" + " printf %s.";
            case EMAIL_FOR_ID -> "The user's e-mail address was signed: sign the id that is sent as userId.";
            case SWAPPED_ARGUMENTS -> "Key and message are swapped: the secret is the key and the id the message.";
            case SECRET_HEX_DECODED -> "The secret was decoded as hex: the key is its text, as UTF-8.";
            case SECRET_BASE64_DECODED -> "The secret was decoded as Base64: the key is its text, as UTF-8.";
            case PLAIN_HASH -> "Secret and id were joined and hashed: use HMAC-SHA256 with the secret as the key.";
            case KEY_NAME_UNKNOWN ->
                "The key named beside the proof is not in the ring, nor did a key of the ring make the"
                        + " proof: give the back end this environment's current secret and its key's id.";
            case UNKNOWN ->
                "No known mistake explains the proof: compare the secret's first characters and the exact id"
                        + " on both sides.";
            case OTHER_KEY, REVOKED_KEY, OTHER_ENVIRONMENT, CLAIMS ->
                throw new IllegalArgumentException("cause is " + cause);
        };
    }
}
