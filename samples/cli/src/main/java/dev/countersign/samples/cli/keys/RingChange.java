package dev.countersign.samples.cli.keys;

import dev.countersign.samples.cli.input.RingOption;
import dev.countersign.samples.cli.output.Answer;
import dev.countersign.samples.cli.output.Failure;
import dev.countersign.samples.cli.ring.RingFile;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRotationException;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that changes a ring, and what they say afterwards. */
final class RingChange {
    @Mixin
    private final RingOption ring = new RingOption();

    @Option(
            names = "--if-version",
            paramLabel = "<version>",
            description = "Change the ring only while it has this version.")
    private @Nullable Long expectedVersion;

    RingFile file() throws IOException {
        return RingFile.at(ring.file());
    }

    /** The version that the operator names; null when none. */
    @Nullable
    Long expectedVersion() {
        return expectedVersion;
    }

    /** Changes the ring, if it still has the version that the operator names. */
    KeyRing make(UnaryOperator<KeyRing> step) throws IOException {
        return make(expectedVersion, step);
    }

    /** Changes the ring, if it still has this version. */
    KeyRing make(@Nullable Long version, UnaryOperator<KeyRing> step) throws IOException {
        return file().change(version, now -> next(now, step));
    }

    /** The ring after the step, which is a pure function; the file is not touched. */
    static KeyRing next(KeyRing now, UnaryOperator<KeyRing> step) {
        try {
            return step.apply(now);
        } catch (KeyRotationException forbidden) {
            // The SDK's method goes by an option here.
            String message = String.valueOf(forbidden.getMessage()).replace("emergencyRevoke", "--replace-with");
            throw Failure.forbidden(forbidden.rule().name(), message + hint(forbidden, now));
        }
    }

    /** The answer that every change gives: the ring's new version, the key's new status and the primary. */
    static Answer answer(KeyRing changed, String keyId) {
        SigningKey key = changed.find(keyId);
        String status = key == null ? "unknown" : key.status().name();
        return new Answer()
                .line("key " + keyId + " is " + status.toLowerCase(Locale.ROOT) + ", ring version " + changed.version())
                .member("ringVersion", changed.version())
                .member("keyId", keyId)
                .member("status", status)
                .member("primary", changed.primary().id());
    }

    private static String hint(KeyRotationException forbidden, KeyRing ring) {
        return switch (forbidden.rule()) {
            case UNKNOWN_KEY, KEY_LIMIT ->
                "; it holds " + ring.keys().stream().map(SigningKey::toString).collect(Collectors.joining(", "));
            default -> "";
        };
    }
}
