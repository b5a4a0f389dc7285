package dev.countersign.samples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.samples.cli.keys.KeysCommand;
import dev.countersign.samples.cli.output.ErrorOutput;
import dev.countersign.samples.cli.proof.DiagnoseCommand;
import dev.countersign.samples.cli.proof.SignCommand;
import dev.countersign.samples.cli.proof.VerifyCommand;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program: parses, runs a command, exits with its code. */
@Command(
        name = "countersign",
        mixinStandardHelpOptions = true,
        versionProvider = CountersignCli.Version.class,
        description = "Rotates the keys of a ring file, signs, verifies, and says why a proof is refused.",
        subcommands = {
            SignCommand.class,
            VerifyCommand.class,
            DiagnoseCommand.class,
            KeysCommand.class,
            GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; the proof is valid; the step is safe now",
            "1:the answer is no: the proof is refused, the step is not safe yet",
            "2:an option, an argument, an id or a secret is missing or not allowed",
            "3:the rules of a rotation forbid the step, or it was not confirmed",
            "4:a file cannot be read or written, or does not hold what it should",
            "5:somebody else is changing the ring, or has changed it meanwhile",
            "70:a fault of this program"
        },
        footer = {
            "",
            "COUNTERSIGN_RING names the ring file where --ring is not given.",
            "No secret and no proof ever comes in an argument, where others could see it."
        })
public final class CountersignCli {
    private CountersignCli() {}

    /** Runs the program. */
    public static void main(String[] args) {
        // The SDK's one warning, about a short secret, in one line.
        System.setProperty("java.util.logging.SimpleFormatter.format", "countersign: %5$s%n");
        System.exit(commandLine(System.out, System.err).execute(args));
    }

    static CommandLine commandLine(OutputStream out, OutputStream err) {
        ErrorOutput errors = new ErrorOutput();
        return new CommandLine(new CountersignCli())
                // An id may start with an @.
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setOut(writer(out))
                .setErr(writer(err));
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, UTF_8), true);
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = CountersignCli.class.getPackage().getImplementationVersion();
            return new String[] {"countersign " + (version == null ? "(not packaged)" : version)};
        }
    }
}
