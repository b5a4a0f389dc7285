package dev.countersign.client.identity;

import dev.countersign.client.internal.support.Guard;
import org.jspecify.annotations.Nullable;

/**
 * A signed JWT about the visitor and the account, with the name of its signing key; as Pendo's {@code jwt} and
 * {@code signingKeyName}, which belong together. A token without a visitor id stands for an anonymous visitor.
 * Immutable; {@link #toString} is redacted.
 */
public final class SignedMetadata {
    private final IdentityProof proof;

    /**
     * @param jwt a compact JWT signed with HS256, at most 8 KiB
     * @param signingKeyName 1 to 128 of {@code A-Z a-z 0-9 . _ : -}
     * @throws IllegalArgumentException when either is missing or has another shape
     */
    public SignedMetadata(String jwt, String signingKeyName) {
        proof = IdentityProof.jwt(jwt, Guard.notNull("signingKeyName", signingKeyName));
    }

    /** The token as a proof. */
    public IdentityProof proof() {
        return proof;
    }

    /** The user that the token names, or null for an anonymous visitor. */
    public @Nullable String getUserId() {
        return proof.userId();
    }

    /** The group (account) that the token names, or null. */
    public @Nullable String getGroupId() {
        return proof.groupId();
    }

    @Override
    public String toString() {
        return "SignedMetadata(redacted)";
    }
}
