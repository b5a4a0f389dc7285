package dev.countersign.samples.cli.proof;

import dev.countersign.samples.cli.output.Failure;
import dev.countersign.server.hmac.HmacFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The environment's form of proof. The proof never chooses it. */
final class FormOption {
    @Option(
            names = "--form",
            required = true,
            paramLabel = "<form>",
            converter = ProofForm.Converter.class,
            completionCandidates = ProofForm.Labels.class,
            description = "The form that the environment is set to: ${COMPLETION-CANDIDATES}.")
    private ProofForm form = ProofForm.JWT;

    @Option(names = "--audience", paramLabel = "<name>", description = "The environment that a JWT is for.")
    private @Nullable String audience;

    /** The HMAC's spelling; null for a JWT. */
    @Nullable
    HmacFormat format() {
        if (audience != null && form != ProofForm.JWT) {
            throw Failure.usage("--audience is given for an HMAC form; it goes with --form jwt");
        }
        return form.format();
    }

    /** The JWT's environment; null when none is named. */
    @Nullable
    String audience() {
        return audience;
    }
}
