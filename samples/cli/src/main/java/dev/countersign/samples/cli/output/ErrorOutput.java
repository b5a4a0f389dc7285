package dev.countersign.samples.cli.output;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns exceptions into one line, or one JSON object, and an {@link ExitCode}. */
public final class ErrorOutput implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final Pattern OPTION = Pattern.compile("(--[a-z][a-z-]*)(=.*)?", Pattern.DOTALL);

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        boolean json = Arrays.asList(args).contains("--json");
        print(command, json, Failure.usage(message(wrong)));
        if (!json) {
            command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        Failure failure = failure(thrown);
        boolean json = command.getParseResult().hasMatchedOption("--json");
        if (failure != null) {
            print(command, json, failure);
            return failure.exitCode();
        }
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        command.getErr().println("countersign: a fault of this program");
        command.getErr().println(Redaction.of(trace.toString()));
        return ExitCode.BUG;
    }

    private static @Nullable Failure failure(Exception thrown) {
        if (thrown instanceof Failure failure) {
            return failure;
        }
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof FileSystemException) {
            // Its message is the path alone.
            return Failure.file(message + ": " + thrown.getClass().getSimpleName());
        }
        if (thrown instanceof IOException) {
            return Failure.file(message);
        }
        // The SDK's word for an id, a secret or a duration that it does not take.
        return thrown instanceof IllegalArgumentException ? Failure.usage(message) : null;
    }

    private static void print(CommandLine command, boolean json, Failure failure) {
        String message = Redaction.of(String.valueOf(failure.getMessage()));
        if (json) {
            Map<String, String> error = Map.of("code", failure.code(), "message", message);
            command.getOut()
                    .println(new Answer().member("error", new TreeMap<>(error)).json());
        } else {
            command.getErr().println("countersign: " + message);
        }
    }

    /** Repeats no argument that is not understood: it may be a secret. */
    private static String message(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(wrong.getMessage());
        }
        List<String> options = unmatched.getUnmatched().stream()
                .map(OPTION::matcher)
                .filter(Matcher::matches)
                .map(option -> option.group(1))
                .collect(Collectors.toList());
        return options.isEmpty()
                ? "arguments too many: " + unmatched.getUnmatched().size() + "; see --help for those allowed"
                : "unknown option " + String.join(", ", options)
                        + "; secrets and proofs come from a file, the environment or a prompt, never from an argument";
    }
}
