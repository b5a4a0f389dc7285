package dev.countersign.client.identity;

import dev.countersign.client.internal.support.Guard;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ProofProvider} returns: the proof of one user, of their group where there is one, and when to ask again.
 * Immutable; {@link #toString} is redacted.
 */
public final class IssuedProof {
    private final String userId;
    private final IdentityProof proof;
    private final @Nullable String groupId;
    private final @Nullable IdentityProof groupProof;
    private final long expiresAt;

    private IssuedProof(
            String userId,
            IdentityProof proof,
            @Nullable String groupId,
            @Nullable IdentityProof groupProof,
            long expiresAt) {
        this.userId = userId;
        this.proof = proof;
        this.groupId = groupId;
        this.groupProof = groupProof;
        this.expiresAt = expiresAt;
    }

    /**
     * The proof of {@code userId}; it expires when a JWT's {@code exp} says so, and never for the other forms.
     *
     * @throws IllegalArgumentException when the proof is a JWT that names another user
     */
    public static IssuedProof of(String userId, IdentityProof proof) {
        Guard.id("userId", userId);
        Guard.notNull("proof", proof).requireUser(userId);
        return new IssuedProof(userId, proof, null, null, proof.expiresAt());
    }

    /**
     * Reads the answer of a token back end: {@code {"userId","identityToken","signingKeyName","groupId","groupToken",
     * "expiresAt":"2026-11-20T10:00:00Z"}}. The first two are required; a member may be null or left out otherwise;
     * members of other names are ignored.
     *
     * @throws IllegalArgumentException naming the member that is missing or wrong; the text holds no proof
     */
    public static IssuedProof fromJson(String json) {
        return IssuedProofJson.read(Guard.notNull("json", json));
    }

    /**
     * The same with the proof of the user's group. A JWT that names the group needs none.
     *
     * @throws IllegalArgumentException when the proof is a JWT that names another group or another user
     */
    public IssuedProof withGroup(String groupId, IdentityProof groupProof) {
        Guard.id("groupId", groupId);
        Guard.notNull("groupProof", groupProof).requireGroup(groupId);
        groupProof.requireNobodyElse(userId);
        return new IssuedProof(userId, proof, groupId, groupProof, expiresAt);
    }

    /** The same with its expiry in epoch milliseconds by the back end's clock; the client asks again before then. */
    public IssuedProof expiresAt(long epochMillis) {
        Guard.range("expiresAt", epochMillis, 1, Long.MAX_VALUE);
        return new IssuedProof(userId, proof, groupId, groupProof, epochMillis);
    }

    /** Whom this proves. */
    public String getUserId() {
        return userId;
    }

    /** The user's proof. */
    public IdentityProof getProof() {
        return proof;
    }

    /** The group that {@link #getGroupProof} proves, or null. */
    public @Nullable String getGroupId() {
        return groupId;
    }

    /** The group's proof, or null. */
    public @Nullable IdentityProof getGroupProof() {
        return groupProof;
    }

    /** Epoch milliseconds, or 0 when it is not known to expire. */
    public long getExpiresAt() {
        return expiresAt;
    }

    @Override
    public String toString() {
        return "IssuedProof(redacted)";
    }
}
