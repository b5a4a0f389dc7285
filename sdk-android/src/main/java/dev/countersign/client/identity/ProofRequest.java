package dev.countersign.client.identity;

import dev.countersign.client.internal.support.Guard;
import org.jspecify.annotations.Nullable;

/** What the client asks of a {@link ProofProvider}. Immutable. */
public final class ProofRequest {

    /** Why a proof is asked for. */
    public enum Cause {
        /** There is none yet. */
        FIRST,
        /** The one in use expires soon or has expired. */
        EXPIRING,
        /** The collector refused the one in use: a cached answer will not do. */
        REFUSED
    }

    private final String userId;
    private final @Nullable String groupId;
    private final Cause cause;

    /** A request for the proof of {@code userId}, and of {@code groupId} when it is not null. */
    public ProofRequest(String userId, @Nullable String groupId, Cause cause) {
        this.userId = Guard.id("userId", userId);
        this.groupId = groupId == null ? null : Guard.id("groupId", groupId);
        this.cause = Guard.notNull("cause", cause);
    }

    /** The user whom the session belongs to. A back end must not trust it: it answers for its own logged-in user. */
    public String getUserId() {
        return userId;
    }

    /** The group whose proof is needed too, or null. */
    public @Nullable String getGroupId() {
        return groupId;
    }

    /** Why it is asked for. */
    public Cause getCause() {
        return cause;
    }

    @Override
    public String toString() {
        return "ProofRequest(" + cause + ")";
    }
}
