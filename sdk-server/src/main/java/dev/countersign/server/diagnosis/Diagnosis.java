package dev.countersign.server.diagnosis;

/**
 * Why a proof fails.
 *
 * @param cause the first cause that explains the proof
 * @param advice one sentence for the administrator, with the fix; names key ids and environments, never a secret, a
 *     proof or an id of a user
 */
public record Diagnosis(Cause cause, String advice) {

    /** The causes, in the order in which they are tried. */
    public enum Cause {
        /** The proof is valid. */
        VALID,
        /** There is no proof. */
        MISSING,
        /** The id has no or too many characters, or half a surrogate pair. */
        ID_NOT_ALLOWED,
        /** A JWT where an HMAC is wanted, or the other way round. */
        OTHER_FORM,
        /** As long as another hash function's output, such as SHA-1's 40 hexadecimal digits. */
        OTHER_HASH,
        /** Not the text of 32 bytes in any spelling. */
        UNREADABLE,
        /** Python's {@code b'…'} around the proof. */
        PYTHON_BYTES,
        /** White space around the proof, such as the line break of Ruby's {@code Base64.encode64}. */
        WHITE_SPACE,
        /** {@code hmac_v1:} is missing. */
        PREFIX_MISSING,
        /** {@code hmac_v1:} where the form has no prefix. */
        PREFIX_NOT_EXPECTED,
        /** Base64 where hex is wanted. */
        BASE64_FOR_HEX,
        /** Hex where Base64 is wanted. */
        HEX_FOR_BASE64,
        /** Upper-case hexadecimal digits. */
        UPPER_CASE_HEX,
        /** The plus signs of Base64 turned into spaces, as in a URL that was not encoded. */
        SPACE_FOR_PLUS,
        /** Base64 in the URL alphabet or without its padding. */
        BASE64_VARIANT,
        /** The id without the white space around it was signed. */
        TRIMMED_ID,
        /** The id in lower or upper case was signed. */
        FOLDED_ID,
        /** The id in Unicode's composed form (NFC) was signed. */
        NFC_ID,
        /** The id in Unicode's decomposed form (NFD) was signed. */
        NFD_ID,
        /** The id with quotes around it, as JSON, was signed. */
        QUOTED_ID,
        /** The id followed by a line break was signed, as {@code echo} without {@code -n} does. */
        ID_WITH_NEWLINE,
        /** The user's e-mail address was signed. */
        EMAIL_FOR_ID,
        /** Key and message are swapped. */
        SWAPPED_ARGUMENTS,
        /** The secret was decoded as hex. */
        SECRET_HEX_DECODED,
        /** The secret was decoded as Base64. */
        SECRET_BASE64_DECODED,
        /** A bare hash of secret and id, without HMAC. */
        PLAIN_HASH,
        /** Another key of the ring than the one named. */
        OTHER_KEY,
        /** A key that was revoked. */
        REVOKED_KEY,
        /** The key named beside the proof is none of the ring's, and no other key made the proof either. */
        KEY_NAME_UNKNOWN,
        /** A key of another environment. */
        OTHER_ENVIRONMENT,
        /** A JWT whose signature is right and whose claims are refused. */
        CLAIMS,
        /** None of these. */
        UNKNOWN
    }
}
