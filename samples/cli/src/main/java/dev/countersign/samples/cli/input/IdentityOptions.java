package dev.countersign.samples.cli.input;

import dev.countersign.samples.cli.output.Failure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;

/** The ids and proofs to look at. */
public final class IdentityOptions {
    @Mixin
    private final SubjectOptions subject = new SubjectOptions();

    @ArgGroup(multiplicity = "1")
    private @Nullable ProofSource source;

    /**
     * What the client sends.
     *
     * @param keyId what {@code --key-id} names; null when it names nothing
     */
    public Identity read(@Nullable String keyId) {
        if (source == null) {
            throw new IllegalStateException("picocli demands a source");
        }
        String user = subject.user();
        String group = subject.group();
        Path file = source.identity();
        if (file != null) {
            if (user != null || group != null) {
                throw Failure.usage("--identity comes with --user or --group; the file holds the ids");
            }
            return Identity.read(file).orKey(keyId);
        }
        if (user != null && group != null) {
            throw Failure.usage("--user and --group are both given; one proof is of one of them (or use --identity)");
        }
        String proof = source.proof();
        return group == null
                ? new Identity(user, proof, null, null, keyId)
                : new Identity(null, null, group, proof, keyId);
    }
}
