package dev.countersign.samples.cli.keys;

import dev.countersign.samples.cli.input.DurationConverter;
import dev.countersign.samples.cli.input.InstantConverter;
import dev.countersign.samples.cli.input.RingOption;
import dev.countersign.samples.cli.output.Answer;
import dev.countersign.samples.cli.output.AnsweringCommand;
import dev.countersign.samples.cli.output.ExitCode;
import dev.countersign.samples.cli.ring.RingFile;
import dev.countersign.server.key.RotationAdvice;
import dev.countersign.server.key.RotationAdvice.Facts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countersign keys next}. */
@Command(
        name = "next",
        mixinStandardHelpOptions = true,
        description = {
            "Says which step of a rotation is next, and when it is safe, from what you know of the roll-out.",
            "Exits with 0 when the step is safe now and with 1 when it is not."
        })
final class NextStep extends AnsweringCommand {
    @Mixin
    private final RingOption ring = new RingOption();

    @Option(
            names = "--rolled-out-at",
            paramLabel = "<time>",
            converter = InstantConverter.class,
            description = "Since when every verifier and back end holds the pending key.")
    private @Nullable Instant rolledOutAt;

    @Option(
            names = "--switched-at",
            paramLabel = "<time>",
            converter = InstantConverter.class,
            description = "Since when the last back end signs with the present primary.")
    private @Nullable Instant switchedAt;

    @Option(
            names = "--last-seen",
            paramLabel = "<time>",
            converter = InstantConverter.class,
            description = "When a proof of the retiring key was last accepted.")
    private @Nullable Instant lastSeen;

    @Option(
            names = "--proof-lifetime",
            paramLabel = "<duration>",
            defaultValue = "15m",
            converter = DurationConverter.class,
            description = "The longest time that a client keeps a proof: ${DEFAULT-VALUE} unless given.")
    private Duration proofLifetime = Duration.ofMinutes(15);

    @Option(
            names = "--margin",
            paramLabel = "<duration>",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "For requests in flight and clocks that differ: ${DEFAULT-VALUE} unless given.")
    private Duration margin = Duration.ofSeconds(30);

    @Override
    protected Answer answer() throws IOException {
        Facts facts = new Facts(rolledOutAt, switchedAt, lastSeen, proofLifetime, margin);
        RotationAdvice advice = RotationAdvice.next(RingFile.at(ring.file()).read(), facts);
        Instant now = Instant.now();
        Answer answer = new Answer().exitCode(Advice.isSafe(advice, now) ? ExitCode.OK : ExitCode.NO);
        return Advice.addTo(answer, advice, now);
    }
}
