package dev.countersign.samples.cli.output;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that prints an {@link Answer} and exits with its code. */
public abstract class AnsweringCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Answer with one JSON object on standard output, errors included.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    /** Does the work. */
    protected abstract Answer answer() throws Exception;

    @Override
    public final Integer call() throws Exception {
        Answer answer = answer();
        var commandLine = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = commandLine.getOut();
        if (json) {
            out.println(answer.json());
        } else {
            answer.lines().forEach(out::println);
        }
        out.flush();
        answer.notes().forEach(commandLine.getErr()::println);
        return answer.exitCode();
    }
}
