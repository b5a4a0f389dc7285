package dev.countersign.samples.cli.input;

import dev.countersign.samples.cli.output.Failure;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The keys to sign or verify with: a ring, or one bare secret of a platform that has no key names. */
public final class KeyOptions {
    private static final String BARE_SECRET = "secret";

    @Mixin
    private final RingOption ring = new RingOption();

    @Mixin
    private final SecretOptions secret = new SecretOptions();

    @Option(
            names = "--group-ring",
            paramLabel = "<file>",
            description = "The ring of the groups' HMAC proofs, where an environment gives groups keys of their own.")
    private @Nullable Path groupRing;

    @Option(
            names = "--key-id",
            paramLabel = "<id>",
            description = {
                "The id of the key that made the proof: the signingKeyName beside it.",
                "With a secret in place of a ring, the id that it goes by."
            })
    private @Nullable String keyId;

    /** The id named beside the proof; null when none is. */
    public @Nullable String keyId() {
        return keyId;
    }

    /** The ring of the users' keys. */
    public KeyRing ring() throws IOException {
        if (!secret.isGiven()) {
            return KeyRingFile.read(ring.file());
        }
        if (ring.isGiven()) {
            throw Failure.usage("--ring and a secret are both given; allowed is one of the two");
        }
        String id = keyId == null ? BARE_SECRET : KeyIds.require("--key-id", keyId);
        return KeyRing.of(0, List.of(SigningKey.of(id, secret.read(), KeyStatus.PRIMARY)));
    }

    /** The ring of the groups' keys, where the users' is this. */
    public KeyRing groupRing(KeyRing userRing) throws IOException {
        return groupRing == null ? userRing : KeyRingFile.read(groupRing);
    }

    /** Whether the keys come from a ring. */
    public boolean hasRing() {
        return !secret.isGiven();
    }
}
