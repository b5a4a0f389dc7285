package dev.countersign.samples.cli.proof;

import dev.countersign.samples.cli.input.Identity;
import dev.countersign.samples.cli.output.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One id and what is to prove it.
 *
 * @param field {@code userId}, {@code groupId}, or {@code identityToken} for a token that says itself whom it is about
 * @param id null for a token
 * @param proof null when there is none
 */
record Claim(String field, @Nullable String id, @Nullable String proof) {

    /** The claims that a client makes. */
    static List<Claim> of(Identity identity, boolean isJwt) {
        List<Claim> claims = new ArrayList<>();
        if (identity.userId() != null) {
            claims.add(new Claim("userId", identity.userId(), identity.identityToken()));
        }
        if (identity.groupId() != null) {
            // A JWT binds user and group in one token.
            String proof = identity.groupToken() == null && isJwt ? identity.identityToken() : identity.groupToken();
            claims.add(new Claim("groupId", identity.groupId(), proof));
        }
        if (claims.isEmpty()) {
            if (!isJwt) {
                throw Failure.usage(
                        "no id is given; an HMAC is checked against the userId or groupId that events carry");
            }
            claims.add(new Claim("identityToken", null, identity.identityToken()));
        }
        return claims;
    }

    /** Whether the proof is a group's. */
    boolean isOfGroup() {
        return field.equals("groupId");
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "Claim[" + field + "]";
    }
}
