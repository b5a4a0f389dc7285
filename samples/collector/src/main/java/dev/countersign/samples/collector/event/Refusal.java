package dev.countersign.samples.collector.event;

import org.jspecify.annotations.Nullable;

/**
 * Why one event is not stored, as it stands in an answer.
 *
 * @param code what kind of refusal it is
 * @param reason which one of its kind, or null
 * @param message one sentence for a developer, with the field, the actual and the allowed value; holds no proof
 */
public record Refusal(Code code, @Nullable String reason, String message) {

    /** The kinds of refusal, with the status that answers a request of this one event. */
    public enum Code {
        /** It breaks a rule of the wire protocol; sending it again does not help. */
        INVALID_EVENT(400),
        /** It is longer than allowed; sending it again does not help. */
        TOO_LARGE(413),
        /** Its proof does not hold; another proof may. */
        IDENTITY_UNVERIFIED(401),
        /** Another event holds its id. */
        EVENT_ID_CONFLICT(409);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    /**
     * A broken rule of the wire protocol.
     *
     * @param message which one, naming the field
     */
    public static Refusal invalid(String message) {
        return new Refusal(Code.INVALID_EVENT, null, message);
    }

    /** What it is counted as: the reason where there is one, or else the code. */
    public String countedAs() {
        return reason == null ? code.name() : reason;
    }
}
