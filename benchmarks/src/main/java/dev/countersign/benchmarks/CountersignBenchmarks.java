package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark in rounds, each row in a JVM of its own in each round, so rows of one round were measured within
 * minutes of each other, and writes the ratios as a Markdown table.
 */
public final class CountersignBenchmarks {
    private CountersignBenchmarks() {}

    /**
     * Runs the benchmarks.
     *
     * @param args {@code short} (1 round) or {@code long} (5 rounds); the file to write; optionally a regular
     *     expression of the rows to run
     */
    public static void main(String[] args) throws RunnerException, IOException {
        if (args.length < 2 || !args[0].matches("short|long")) {
            throw new IllegalArgumentException("usage: short|long <file> [<regular expression of rows>]");
        }
        boolean isLong = args[0].equals("long");
        Options options = new OptionsBuilder()
                .include(args.length > 2 ? args[2] : "dev.countersign.benchmarks")
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
        Table table = new Table();
        int rounds = isLong ? 5 : 1;
        for (int round = 1; round <= rounds; round++) {
            for (RunResult result : new Runner(options).run()) {
                table.add(result);
            }
            System.out.println("round " + round + " of " + rounds + " done");
            Files.writeString(Path.of(args[1]), table.markdown(round));
        }
        System.out.println(table.markdown(rounds));
    }
}
