package dev.countersign.samples.collector.environment;

import org.jspecify.annotations.Nullable;

/** The form of an environment's proofs. */
public enum ProofForm {
    /** Lower-case hex of the id's HMAC. */
    HMAC_HEX("hmac-hex"),
    /** Padded Base64 of the id's HMAC. */
    HMAC_BASE64("hmac-base64"),
    /** {@code hmac_v1:} and the hex. */
    HMAC_V1("hmac-v1"),
    /** A compact HS256 JWT whose audience is the environment's id. */
    JWT("jwt");

    private final String wireName;

    ProofForm(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the administration API and the database. */
    public String wireName() {
        return wireName;
    }

    /** The form of a name; null for any other. */
    public static @Nullable ProofForm of(String wireName) {
        for (ProofForm form : values()) {
            if (form.wireName.equals(wireName)) {
                return form;
            }
        }
        return null;
    }
}
