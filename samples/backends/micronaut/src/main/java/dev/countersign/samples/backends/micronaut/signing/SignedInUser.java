package dev.countersign.samples.backends.micronaut.signing;

import dev.countersign.server.jwt.IdentityClaims;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in: implemented by your session's principal. Signing takes this and no bare id, so that no endpoint can
 * sign an id from a request by mistake.
 */
public interface SignedInUser {
    /** The id that gets signed, exactly as the app gives it to {@code identify}. */
    String userId();

    /** The user's group, as the app gives it to {@code group}; null for none. */
    @Nullable
    String groupId();

    /**
     * What a JWT says. Override it to add metadata; a signature is not encryption, so whoever sees the token reads it.
     */
    default IdentityClaims claims() {
        IdentityClaims.Builder claims = IdentityClaims.user(userId());
        if (groupId() != null) {
            claims.account(groupId());
        }
        return claims.build();
    }
}
