package dev.countersign.samples.backends.spring.signing;

import dev.countersign.samples.backends.spring.signing.CountersignProperties.Environment;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.key.KeyListener;
import dev.countersign.server.key.KeyLoader;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeysUnavailableException;
import dev.countersign.server.key.RefreshingKeySource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One environment's key ring, which follows its file, and the signer of its form. Thread-safe. */
public final class SigningEnvironment implements AutoCloseable {
    private static final Duration REFRESH_EVERY = Duration.ofSeconds(60);

    private final Path ringFile;
    private final RefreshingKeySource keys;
    private final Function<SignedInUser, Identity> signer;

    private SigningEnvironment(Path ringFile, RefreshingKeySource keys, Function<SignedInUser, Identity> signer) {
        this.ringFile = ringFile;
        this.keys = keys;
        this.signer = signer;
    }

    /**
     * Reads the ring and keeps following its file; a file that is broken later leaves the last good ring in use.
     *
     * @throws IOException when the ring cannot be read now
     */
    static SigningEnvironment open(String name, Environment settings, KeyListener listener) throws IOException {
        RefreshingKeySource keys = follow(name, settings, listener);
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

    /**
     * Proves who the user is.
     *
     * @throws KeysUnavailableException when there is no ring that may be trusted
     */
    public Identity identityOf(SignedInUser user) {
        return signer.apply(user);
    }

    /** How the ring does. */
    public RingStatus status() {
        KeyRing ring = keys.current();
        return new RingStatus(
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

    private static RefreshingKeySource follow(String name, Environment settings, KeyListener listener)
            throws IOException {
        Duration halfStale = settings.maxStale().dividedBy(2);
        try {
            return RefreshingKeySource.builder(KeyLoader.ringFile(settings.ringFile()))
                    .watch(settings.ringFile())
                    .refreshEvery(halfStale.compareTo(REFRESH_EVERY) < 0 ? halfStale : REFRESH_EVERY)
                    .maxStale(settings.maxStale())
                    .listener(listener)
                    .build();
        } catch (IOException unusable) {
            throw new IOException(
                    "countersign.environments." + name + ".ring-file cannot be used: " + unusable, unusable);
        }
    }

    private static Function<SignedInUser, Identity> hmac(
            HmacFormat format, RefreshingKeySource keys, Environment settings) {
        HmacSigner signer = HmacSigner.builder(format, keys)
                .expiresAfter(settings.proofLifetime())
                .build();
        return user -> hmacIdentity(signer, user);
    }

    private static Identity hmacIdentity(HmacSigner signer, SignedInUser user) {
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

    /** One token proves the user, the group and what is said of them. */
    private static Function<SignedInUser, Identity> jwt(String name, RefreshingKeySource keys, Environment settings) {
        JwtSigner signer = JwtSigner.builder(keys)
                .audience(settings.audience() == null ? name : settings.audience())
                .expiresAfter(settings.proofLifetime())
                .build();
        return user -> Identity.of(user, signer.sign(user.claims()), null);
    }
}
