package dev.countersign.benchmarks;

import java.util.Locale;
import java.util.Objects;
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

/** The same rows with JMH, one JVM for each, one after the other: it confirms the bytes allocated, and times roughly. */
final class Jmh {
    private Jmh() {}

    static void run(String included) throws RunnerException {
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
            System.out.printf(
                    Locale.ROOT,
                    "%-80s %8.0f ns/op %8.0f B/op%n",
                    result.getParams().getBenchmark(),
                    score(result, ThreadCpuProfiler.LABEL),
                    score(result, "gc.alloc.rate.norm"));
        }
    }

    private static double score(RunResult result, String label) {
        return Objects.requireNonNull(result.getSecondaryResults().get(label), label)
                .getScore();
    }
}
