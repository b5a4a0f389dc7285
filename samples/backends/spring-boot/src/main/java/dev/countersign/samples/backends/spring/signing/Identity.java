package dev.countersign.samples.backends.spring.signing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.countersign.server.identity.SignedProof;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What the app gets: the arguments of its identify and group calls, and when to ask for fresh ones. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Identity(
        String userId,
        String identityToken,
        String signingKeyName,
        @Nullable String groupId,
        @Nullable String groupToken,
        Instant expiresAt) {

    static Identity of(SignedInUser user, SignedProof userProof, @Nullable SignedProof groupProof) {
        return new Identity(
                user.userId(),
                userProof.value(),
                userProof.keyId(),
                user.groupId(),
                groupProof == null ? null : groupProof.value(),
                userProof.expiresAt().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Without the proofs: Spring logs answers at debug level. */
    @Override
    public String toString() {
        return "Identity[userId=" + userId + ", signingKeyName=" + signingKeyName + "]";
    }
}
