package dev.countersign.samples.cli.input;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a secret comes from: one of three, none of which another user of the machine can see. */
public final class SecretSource {
    @Option(
            names = "--secret-file",
            paramLabel = "<file>",
            description = "Read the secret from a file, less the line break at its end; - is standard input.")
    private @Nullable Path file;

    @Option(
            names = "--secret-env",
            paramLabel = "<variable>",
            description = "Read the secret from this environment variable.")
    private @Nullable String variable;

    @SuppressWarnings("UnusedVariable") // What is left when it is none of the others.
    @Option(names = "--secret-prompt", description = "Ask for the secret on the terminal, without echo.")
    private boolean prompt;

    /** The secret's text. */
    String text() {
        if (file != null) {
            return TextFile.readLine("--secret-file", file);
        }
        return variable != null
                ? Environment.read("--secret-env", variable)
                : Terminal.readHidden("secret", "--secret-file or --secret-env");
    }
}
