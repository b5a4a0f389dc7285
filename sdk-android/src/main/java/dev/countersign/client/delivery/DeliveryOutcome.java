package dev.countersign.client.delivery;

import org.jspecify.annotations.Nullable;

/** What became of one event. Immutable. */
public final class DeliveryOutcome {

    /** The kinds of outcome. */
    public enum Kind {
        /** The collector stored it. Final. */
        DELIVERED,
        /** The collector refused its proof. Not final: the event waits for a different proof. */
        PROOF_REFUSED,
        /** The collector will never accept it, so it was set aside. Final. */
        REJECTED,
        /** The client gave it up. Final. */
        DROPPED
    }

    private final String eventId;
    private final Kind kind;
    private final @Nullable String code;
    private final @Nullable RejectionReason reason;
    private final @Nullable DropReason dropReason;

    private DeliveryOutcome(
            String eventId,
            Kind kind,
            @Nullable String code,
            @Nullable RejectionReason reason,
            @Nullable DropReason dropReason) {
        this.eventId = eventId;
        this.kind = kind;
        this.code = code;
        this.reason = reason;
        this.dropReason = dropReason;
    }

    /** The event was stored. */
    public static DeliveryOutcome delivered(String eventId) {
        return new DeliveryOutcome(eventId, Kind.DELIVERED, null, null, null);
    }

    /** The event's proof was refused. */
    public static DeliveryOutcome proofRefused(String eventId, RejectionReason reason) {
        return new DeliveryOutcome(eventId, Kind.PROOF_REFUSED, "IDENTITY_UNVERIFIED", reason, null);
    }

    /** The event was set aside. */
    public static DeliveryOutcome rejected(String eventId, String code, @Nullable RejectionReason reason) {
        return new DeliveryOutcome(eventId, Kind.REJECTED, code, reason, null);
    }

    /** The event was given up. */
    public static DeliveryOutcome dropped(String eventId, DropReason reason) {
        return new DeliveryOutcome(eventId, Kind.DROPPED, null, null, reason);
    }

    /** The event's id, a UUIDv7. */
    public String getEventId() {
        return eventId;
    }

    /** What happened. */
    public Kind getKind() {
        return kind;
    }

    /** Whether nothing more will happen to the event. */
    public boolean isFinal() {
        return kind != Kind.PROOF_REFUSED;
    }

    /**
     * The collector's code, such as {@code INVALID_EVENT}, or {@code HTTP 413} when a proxy finds the event too large time
     * after time; null unless refused or rejected.
     */
    public @Nullable String getCode() {
        return code;
    }

    /** Why the proof was not accepted; null when that was not the matter. */
    public @Nullable RejectionReason getReason() {
        return reason;
    }

    /** Why the client gave the event up; null unless dropped. */
    public @Nullable DropReason getDropReason() {
        return dropReason;
    }

    @Override
    public String toString() {
        Object why = reason != null ? reason : dropReason != null ? dropReason : code;
        return "DeliveryOutcome(" + eventId + ", " + kind + (why == null ? "" : ", " + why) + ")";
    }
}
