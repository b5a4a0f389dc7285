package dev.countersign.samples.rotation.operator;

/** A form of proof; each environment of the demo accepts exactly one. */
public enum ProofForm {
    /** Lower-case hex of the HMAC. */
    HEX("hmac-hex"),
    /** Base64 of the HMAC. */
    BASE64("hmac-base64"),
    /** {@code hmac_v1:} and the hex. */
    V1("hmac-v1"),
    /** A JWT that binds user and group in one token. */
    JWT("jwt");

    private final String id;

    ProofForm(String id) {
        this.id = id;
    }

    /** The form as the collector and the back ends configure it. */
    public String id() {
        return id;
    }
}
