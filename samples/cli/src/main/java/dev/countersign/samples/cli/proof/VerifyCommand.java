package dev.countersign.samples.cli.proof;

import dev.countersign.samples.cli.input.Identity;
import dev.countersign.samples.cli.output.Answer;
import dev.countersign.samples.cli.output.AnsweringCommand;
import dev.countersign.samples.cli.output.ExitCode;
import dev.countersign.server.key.KeyRing;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code countersign verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Verifies a proof, or all proofs of an event, as the environment does.",
            "Exits with 0 when all are valid and with 1 when one is refused."
        })
public final class VerifyCommand extends AnsweringCommand {
    @Mixin
    private final VerifierOptions options = new VerifierOptions();

    @Override
    protected Answer answer() throws IOException {
        boolean isJwt = options.format() == null;
        Identity identity = options.identity();
        KeyRing ring = options.ring();
        KeyRing groupRing = options.groupRing(ring);
        List<Verification> all = Claim.of(identity, isJwt).stream()
                .map(claim -> Verification.of(claim, options, ring, groupRing, identity.signingKeyName()))
                .toList();
        boolean valid = all.stream().allMatch(Verification::isValid);
        Answer answer = new Answer()
                .exitCode(valid ? ExitCode.OK : ExitCode.NO)
                .member("valid", valid)
                .member("proofs", all.stream().map(Verification::json).toList());
        all.forEach(verification -> answer.line(verification.line()));
        return answer;
    }
}
