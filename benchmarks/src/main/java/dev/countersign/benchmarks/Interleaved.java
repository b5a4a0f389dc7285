package dev.countersign.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * One run of the rows of a benchmark in turns of 20 ms, in a new random order each round, so what neighbours do to the
 * machine hits all rows of a round alike. Each row has a JVM of its own: what one row teaches the compiler about the
 * classes that it shares with others (strings, Base64, maps) neither helps nor hurts them.
 *
 * <p>A ratio is of two rows in one round; the run's is the median over its rounds, as are its time and bytes.
 */
public final class Interleaved {
    private final int rounds;
    private final Worker.Start start;

    private Interleaved(int rounds, Worker.Start start) {
        this.rounds = rounds;
        this.start = start;
    }

    /**
     * Runs, and prints {@code FIGURE run benchmark row metric value} and {@code ABOUT row name durability}, separated by tabs.
     *
     * @param args {@code SHORT} or {@code FULL}; the number of the run; the benchmarks, separated by commas; a regular
     *     expression of rows
     */
    public static void main(String[] args) throws Exception {
        boolean full = args[0].equals("FULL");
        Interleaved run = new Interleaved(
                full ? 30 : 3,
                full
                        ? new Worker.Start(TimeUnit.SECONDS.toNanos(2), Worker.pinned())
                        : new Worker.Start(TimeUnit.MILLISECONDS.toNanos(100), List.of()));
        Pattern included = Pattern.compile(args[3]);
        for (String name : args[2].split(",", -1)) {
            Class<?> benchmark = Class.forName(Interleaved.class.getPackageName() + "." + name);
            Map<String, List<Sample>> samples = run.samples(benchmark, included);
            samples.forEach((row, all) -> {
                print("ABOUT", row, Library.label(row), "");
                print(args[1], name, row, "ns/op", median(all, null, Sample::nanos));
                print(args[1], name, row, "B/op", median(all, null, Sample::bytes));
                for (String base : List.of("limit", "countersign")) {
                    if (samples.containsKey(base)) {
                        print(args[1], name, row, "÷ " + base, median(all, samples.get(base), Sample::nanos));
                    }
                }
            });
        }
    }

    /** Of each row its samples in the order of the rounds. */
    private Map<String, List<Sample>> samples(Class<?> benchmark, Pattern included) throws IOException {
        Map<String, Worker> workers = new TreeMap<>();
        try {
            for (String row : rows(benchmark, included)) {
                workers.put(row, new Worker(benchmark.getSimpleName(), row, start));
            }
            workers.values().forEach(Worker::awaitWarm);
            Map<String, List<Sample>> samples = new TreeMap<>();
            List<Map.Entry<String, Worker>> order = new ArrayList<>(workers.entrySet());
            for (int round = 0; round < rounds; round++) {
                Collections.shuffle(order);
                for (Map.Entry<String, Worker> row : order) {
                    samples.computeIfAbsent(row.getKey(), unused -> new ArrayList<>())
                            .add(row.getValue().turn());
                }
            }
            return samples;
        } finally {
            workers.values().forEach(Worker::close);
        }
    }

    private static List<String> rows(Class<?> benchmark, Pattern included) {
        return Arrays.stream(benchmark.getMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .map(method -> method.getName())
                .filter(row ->
                        included.matcher(benchmark.getSimpleName() + "." + row).find())
                .toList();
    }

    private static void print(String run, String benchmark, String row, String metric, double value) {
        print("FIGURE", run, benchmark, row, metric, String.valueOf(value));
    }

    private static void print(String... cells) {
        System.out.println(String.join("\t", cells));
    }

    /** The median over the rounds; divided, round by round, by the base where there is one. */
    private static double median(List<Sample> samples, @Nullable List<Sample> base, ToDoubleFunction<Sample> value) {
        double[] sorted = new double[samples.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = value.applyAsDouble(samples.get(i)) / (base == null ? 1 : value.applyAsDouble(base.get(i)));
        }
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
