package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks and writes their ratios as a Markdown table: {@code interleaved}, or with JMH. */
public final class CountersignBenchmarks {
    private CountersignBenchmarks() {}

    /**
     * Runs the benchmarks.
     *
     * @param args {@code interleaved} (5 runs), or with JMH {@code short} (1 run) or {@code long} (5 runs); the file
     *     to write; optionally a regular expression of the rows to run
     */
    public static void main(String[] args) throws RunnerException, IOException {
        if (args.length < 2 || !args[0].matches("interleaved|short|long")) {
            throw new IllegalArgumentException("usage: interleaved|short|long <file> [<regular expression of rows>]");
        }
        boolean interleaved = args[0].equals("interleaved");
        String included = args.length > 2 ? args[2] : "dev.countersign.benchmarks";
        int runs = args[0].equals("short") ? 1 : 5;
        Table table = new Table(
                interleaved
                        ? "rows in turns of 20 ms. Thread-CPU time; ratios are of rows of one round, a run's is the median of its rounds: median (least–most) of the runs."
                        : "with JMH, one JVM per row and run. Thread-CPU time of the best iteration; ratios are of rows of one run: median (least–most).");
        for (int run = 1; run <= runs; run++) {
            if (interleaved) {
                Interleaved.run(Pattern.compile(args.length > 2 ? args[2] : ""), table);
            } else {
                runJmh(included, table);
            }
            System.out.println("run " + run + " of " + runs + " done");
            Files.writeString(Path.of(args[1]), table.markdown(run));
        }
        System.out.println(table.markdown(runs));
    }

    /** One run, each row in a JVM of its own, one after the other. */
    private static void runJmh(String included, Table table) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(included)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(5)
                .warmupTime(TimeValue.milliseconds(400))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(300))
                // Compiled code comes when it is due, even when neighbours starve the compiler threads.
                .jvmArgs("-Xms512m", "-Xmx512m", "-Xbatch")
                .addProfiler(GCProfiler.class)
                .addProfiler(ThreadCpuProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        for (RunResult result : new Runner(options).run()) {
            String[] name = result.getParams().getBenchmark().split("\\.", -1);
            Sample sample = new Sample(score(result, ThreadCpuProfiler.LABEL), score(result, "gc.alloc.rate.norm"));
            table.add(name[name.length - 2], Map.of(name[name.length - 1], List.of(sample)));
        }
    }

    private static double score(RunResult result, String label) {
        return Objects.requireNonNull(result.getSecondaryResults().get(label), label)
                .getScore();
    }
}
