package dev.countersign.samples.cli.input;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a proof comes from. It is worth a log-in for as long as its key lives, so it is read like a secret. */
public final class ProofSource {
    @Option(
            names = "--proof-file",
            paramLabel = "<file>",
            description = "Read the proof from a file, less the line break at its end; - is standard input.")
    private @Nullable Path file;

    @Option(
            names = "--proof-env",
            paramLabel = "<variable>",
            description = "Read the proof from this environment variable, exactly.")
    private @Nullable String variable;

    @SuppressWarnings("UnusedVariable") // What is left when it is none of the others.
    @Option(names = "--proof-prompt", description = "Ask for the proof on the terminal, without echo.")
    private boolean prompt;

    @Option(
            names = "--identity",
            paramLabel = "<file>",
            description = {
                "Read ids, proofs and signingKeyName from JSON: an event, a back end's /identity answer,",
                "or the answer of sign --json; - is standard input."
            })
    private @Nullable Path identity;

    /** The file of JSON; null when the proof comes alone. */
    @Nullable
    Path identity() {
        return identity;
    }

    /** The proof, where it comes alone. */
    String proof() {
        if (file != null) {
            return TextFile.readLine("--proof-file", file);
        }
        return variable != null
                ? Environment.read("--proof-env", variable)
                : Terminal.readHidden("proof", "--proof-file or --proof-env");
    }
}
