package dev.countersign.samples.cli.input;

import dev.countersign.samples.cli.output.Failure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names the ring file. */
public final class RingOption {
    private static final String VARIABLE = "COUNTERSIGN_RING";

    @Option(
            names = "--ring",
            paramLabel = "<file>",
            description = "The ring file; else the one that COUNTERSIGN_RING names.")
    private @Nullable Path file;

    /** Whether the option was used. */
    boolean isGiven() {
        return file != null;
    }

    /** The ring file. */
    public Path file() {
        if (file != null) {
            return file;
        }
        String named = System.getenv(VARIABLE);
        if (named == null || named.isEmpty()) {
            throw Failure.usage("no ring file is given; use --ring or " + VARIABLE);
        }
        return Path.of(named);
    }
}
