package dev.countersign.samples.backends.spring;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.countersign.samples.backends.spring.CountersignProperties.Environment;
import dev.countersign.samples.backends.spring.DemoUsers.LoggedInUser;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.jwt.IdentityClaims;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.RefreshingKeySource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One environment's key ring, which follows its file, and the signer of its form. Thread-safe. */
final class SigningEnvironment implements AutoCloseable {
    private final Path ringFile;
    private final RefreshingKeySource keys;
    private final Function<LoggedInUser, Identity> signer;

    private SigningEnvironment(Path ringFile, RefreshingKeySource keys, Function<LoggedInUser, Identity> signer) {
        this.ringFile = ringFile;
        this.keys = keys;
        this.signer = signer;
    }

    /**
     * Reads the ring and keeps following its file; a file that is broken later leaves the last good ring in use.
     *
     * @throws IOException when the ring cannot be read now
     */
    static SigningEnvironment open(String name, Environment settings) throws IOException {
        RefreshingKeySource keys = watch(name, settings);
        return new SigningEnvironment(
                settings.ringFile(),
                keys,
                switch (settings.form()) {
                    case HMAC_HEX -> hmac(HmacFormat.HEX, keys, settings);
                    case HMAC_BASE64 -> hmac(HmacFormat.BASE64, keys, settings);
                    case HMAC_V1 -> hmac(HmacFormat.HMAC_V1, keys, settings);
                    case JWT -> jwt(name, keys, settings);
                });
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
    public void close() {
        keys.close();
    }

    private static RefreshingKeySource watch(String name, Environment settings) throws IOException {
        try {
            return RefreshingKeySource.watching(settings.ringFile());
        } catch (IOException unusable) {
            throw new IOException(
                    "countersign.environments." + name + ".ring-file cannot be used: " + unusable, unusable);
        }
    }

    private static Function<LoggedInUser, Identity> hmac(
            HmacFormat format, RefreshingKeySource keys, Environment settings) {
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
    private static Function<LoggedInUser, Identity> jwt(String name, RefreshingKeySource keys, Environment settings) {
        JwtSigner signer = JwtSigner.builder(keys)
                .audience(settings.audience() == null ? name : settings.audience())
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

        /** Without the proofs: Spring logs answers at debug level. */
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
    record Health(
            @Nullable Long ringVersion,
            long ringAgeSeconds,
            @Nullable String primary,
            @Nullable String lastFailure) {}
}
