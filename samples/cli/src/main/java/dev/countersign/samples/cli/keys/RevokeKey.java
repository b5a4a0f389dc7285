package dev.countersign.samples.cli.keys;

import dev.countersign.samples.cli.input.KeyIds;
import dev.countersign.samples.cli.input.Terminal;
import dev.countersign.samples.cli.output.Answer;
import dev.countersign.samples.cli.output.AnsweringCommand;
import dev.countersign.samples.cli.output.Failure;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code countersign keys revoke}. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = {
            "Revokes a key for good: its proofs are refused, and the ring file forgets its secret.",
            "A primary whose secret has leaked is revoked and replaced in one step, with --replace-with",
            "or --replace-with-new."
        })
final class RevokeKey extends AnsweringCommand {
    @Parameters(paramLabel = "<id>", description = "The key's id.")
    private String id = "";

    @Mixin
    private final RingChange ring = new RingChange();

    @ArgGroup
    private @Nullable Replacement replacement;

    @Option(names = "--yes", description = "Revoke without asking.")
    private boolean yes;

    /** The key that becomes the primary in the place of a leaked one. */
    static final class Replacement {
        @Option(
                names = "--replace-with",
                paramLabel = "<id>",
                description = "Emergency: this pending or retiring key becomes the primary.")
        private @Nullable String existing;

        @Option(
                names = "--replace-with-new",
                paramLabel = "<id>",
                description = "Emergency: a new key of this id becomes the primary, its secret generated.")
        private @Nullable String added;

        KeyRing revoke(KeyRing now, String leaked) {
            return added == null
                    ? KeyRotation.emergencyRevoke(now, leaked, String.valueOf(existing))
                    : KeyRotation.emergencyRevoke(now, leaked, added, Secret.of(Secret.generateText()));
        }

        String id() {
            return KeyIds.require("the replacement's id", String.valueOf(added == null ? existing : added));
        }
    }

    @Override
    protected Answer answer() throws IOException {
        Replacement other = replacement;
        String primary = other == null ? null : other.id();
        UnaryOperator<KeyRing> step = other == null ? now -> KeyRotation.revoke(now, id) : now -> other.revoke(now, id);
        Long version = ring.expectedVersion();
        if (!yes) {
            KeyRing seen = ring.file().read();
            KeyStatus status = statusIn(seen);
            RingChange.next(seen, step);
            confirm(status, primary);
            // What was confirmed is this ring's key, not one that somebody promoted meanwhile.
            version = version == null ? Long.valueOf(seen.version()) : version;
        }
        KeyRing changed = ring.make(version, step);
        Answer answer = RingChange.answer(changed, id);
        if (primary != null) {
            answer.line("key " + primary + " is primary");
        }
        return Advice.addTo(answer, changed);
    }

    private @Nullable KeyStatus statusIn(KeyRing ring) {
        SigningKey key = ring.find(id);
        return key == null ? null : key.status();
    }

    private void confirm(@Nullable KeyStatus status, @Nullable String primary) {
        String consequence = primary == null
                ? "every proof made with it is refused from the next request on, for good"
                : "every live proof made with it is refused until its holder fetches one that key " + primary
                        + " has signed";
        String typed =
                Terminal.ask("Key " + id + " is " + String.valueOf(status).toLowerCase(Locale.ROOT) + ". Once revoked, "
                        + consequence + ".\nType the key's id to confirm: ");
        if (typed == null) {
            throw Failure.forbidden("CONFIRMATION_REQUIRED", "there is no terminal to confirm on; --yes confirms");
        }
        if (!typed.equals(id)) {
            throw Failure.forbidden("CONFIRMATION_REQUIRED", "not confirmed; the ring is as it was");
        }
    }
}
