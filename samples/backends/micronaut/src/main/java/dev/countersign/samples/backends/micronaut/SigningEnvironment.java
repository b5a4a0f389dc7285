package dev.countersign.samples.backends.micronaut;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.countersign.samples.backends.micronaut.DemoUsers.LoggedInUser;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.jwt.IdentityClaims;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.RefreshingKeySource;
import io.micronaut.context.annotation.EachBean;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One environment's key ring, which follows its file, and the signer of its form. One bean for each configured
 * environment, opened with the application and closed with it. Thread-safe.
 */
@EachBean(EnvironmentConfiguration.class)
final class SigningEnvironment implements AutoCloseable {
    private final String name;
    private final Path ringFile;
    private final RefreshingKeySource keys;
    private final Function<LoggedInUser, Identity> signer;

    /**
     * Reads the ring and keeps following its file; a file that is broken later leaves the last good ring in use.
     *
     * @throws IOException when the ring cannot be read now
     */
    SigningEnvironment(EnvironmentConfiguration settings) throws IOException {
        name = settings.name();
        ringFile = settings.ringFile();
        keys = watch(settings);
        signer = switch (settings.form()) {
            case HMAC_HEX -> hmac(HmacFormat.HEX, keys, settings);
            case HMAC_BASE64 -> hmac(HmacFormat.BASE64, keys, settings);
            case HMAC_V1 -> hmac(HmacFormat.HMAC_V1, keys, settings);
            case JWT -> jwt(keys, settings);
        };
    }

    String name() {
        return name;
    }

    /** Proves who the user is. Takes the logged-in user and not an id, so nobody can ask for somebody else's proof. */
    Identity identityOf(LoggedInUser user) {
        return signer.apply(user);
    }

    Health health() {
        KeyRing ring = keys.current();
        return new Health(
                ring == null ? null : ring.version(),
                keys.ringAge().toSeconds(),
                ring == null ? null : ring.primary().id(),
                lastFailure());
    }

    /** Without the file's path: anybody may ask for the health. The log has it. */
    private @Nullable String lastFailure() {
        String failure = keys.lastFailure();
        return failure == null ? null : failure.replace(" " + ringFile, "");
    }

    @Override
    @PreDestroy
    public void close() {
        keys.close();
    }

    private static RefreshingKeySource watch(EnvironmentConfiguration settings) throws IOException {
        try {
            return RefreshingKeySource.watching(settings.ringFile());
        } catch (IOException unusable) {
            throw new IOException(
                    "countersign.environments." + settings.name() + ".ring-file cannot be used: " + unusable, unusable);
        }
    }

    private static Function<LoggedInUser, Identity> hmac(
            HmacFormat format, RefreshingKeySource keys, EnvironmentConfiguration settings) {
        HmacSigner signer = HmacSigner.builder(format, keys)
                .expiresAfter(settings.proofLifetime())
                .build();
        return user -> hmacIdentity(signer, user);
    }

    private static Identity hmacIdentity(HmacSigner signer, LoggedInUser user) {
        SignedProof userProof = signer.signUser(user.userId());
        if (user.groupId() == null) {
            return Identity.of(user, userProof, null);
        }
        SignedProof groupProof = signer.signGroup(user.groupId());
        // One key name goes with both proofs: if another key was promoted between the two, sign both with that one.
        return groupProof.keyId().equals(userProof.keyId())
                ? Identity.of(user, userProof, groupProof)
                : hmacIdentity(signer, user);
    }

    /** One token proves the user and the group. */
    private static Function<LoggedInUser, Identity> jwt(RefreshingKeySource keys, EnvironmentConfiguration settings) {
        JwtSigner signer = JwtSigner.builder(keys)
                .audience(settings.audience() == null ? settings.name() : settings.audience())
                .expiresAfter(settings.proofLifetime())
                .build();
        return user -> {
            IdentityClaims.Builder claims = IdentityClaims.user(user.userId());
            if (user.groupId() != null) {
                claims.account(user.groupId());
            }
            return Identity.of(user, signer.sign(claims.build()), null);
        };
    }

    /** What the app gets: the arguments of its identify and group calls, and when to ask for fresh ones. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Identity(
            String userId,
            String identityToken,
            String signingKeyName,
            @Nullable String groupId,
            @Nullable String groupToken,
            Instant expiresAt) {

        private static Identity of(LoggedInUser user, SignedProof userProof, @Nullable SignedProof groupProof) {
            return new Identity(
                    user.userId(),
                    userProof.value(),
                    userProof.keyId(),
                    user.groupId(),
                    groupProof == null ? null : groupProof.value(),
                    userProof.expiresAt().truncatedTo(ChronoUnit.SECONDS));
        }

        /** Without the proofs: an answer may end up in a log. */
        @Override
        public String toString() {
            return "Identity[userId=" + userId + ", signingKeyName=" + signingKeyName + "]";
        }
    }

    /**
     * How the key ring does.
     *
     * @param ringVersion null when no ring may be trusted any more
     * @param lastFailure why the last load failed; null while all is well
     */
    @Serdeable
    record Health(
            @Nullable Long ringVersion,
            long ringAgeSeconds,
            @Nullable String primary,
            @Nullable String lastFailure) {}
}
