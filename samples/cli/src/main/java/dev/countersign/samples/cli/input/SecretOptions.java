package dev.countersign.samples.cli.input;

import dev.countersign.samples.cli.output.Failure;
import dev.countersign.server.key.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A secret that the operator brings along, or none. */
public final class SecretOptions {
    @ArgGroup
    private @Nullable SecretSource source;

    @Option(
            names = "--short-secret",
            description = "Take a secret under 16 bytes, where a platform issues such: it can be guessed.")
    private boolean isShort;

    /** Whether a source of a secret was named. */
    public boolean isGiven() {
        return source != null;
    }

    /**
     * The secret that was brought along.
     *
     * @throws Failure when it is not allowed; the message holds the rule and the length
     */
    public Secret read() {
        if (source == null) {
            throw Failure.usage("no secret is given; use --secret-file, --secret-env or --secret-prompt");
        }
        String text = source.text();
        try {
            return isShort ? Secret.ofShort(text) : Secret.of(text);
        } catch (IllegalArgumentException notAllowed) {
            // The SDK's method goes by an option here.
            throw Failure.usage(String.valueOf(notAllowed.getMessage()).replace("Secret.ofShort", "--short-secret"));
        }
    }
}
