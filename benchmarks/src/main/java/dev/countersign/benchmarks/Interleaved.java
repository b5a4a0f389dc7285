package dev.countersign.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Runs the rows of a benchmark in turns of 20 ms, in a new random order each round, so what neighbours do to the
 * machine hits all rows of a round alike. Each row has a JVM of its own: what one row teaches the compiler about the
 * classes that it shares with others (strings, Base64, maps) neither helps nor hurts them.
 */
final class Interleaved {
    private static final int ROUNDS = 30;
    private static final List<Class<?>> BENCHMARKS =
            List.of(HmacHexSign.class, HmacHexVerify.class, JwtSign.class, JwtVerify.class);

    private Interleaved() {}

    /** One run of every benchmark, with fresh JVMs. */
    static void run(Pattern included, Table table) throws IOException {
        for (Class<?> benchmark : BENCHMARKS) {
            Map<String, Worker> workers = new TreeMap<>();
            try {
                for (String row : rows(benchmark, included)) {
                    workers.put(row, new Worker(benchmark.getSimpleName(), row));
                }
                workers.values().forEach(Worker::awaitWarm);
                table.add(benchmark.getSimpleName(), rounds(workers));
            } finally {
                workers.values().forEach(Worker::close);
            }
        }
    }

    private static Map<String, List<Sample>> rounds(Map<String, Worker> workers) {
        Map<String, List<Sample>> samples = new TreeMap<>();
        List<Map.Entry<String, Worker>> order = new ArrayList<>(workers.entrySet());
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(order);
            for (Map.Entry<String, Worker> row : order) {
                samples.computeIfAbsent(row.getKey(), unused -> new ArrayList<>())
                        .add(row.getValue().turn());
            }
        }
        return samples;
    }

    private static List<String> rows(Class<?> benchmark, Pattern included) {
        return Arrays.stream(benchmark.getMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .map(method -> method.getName())
                .filter(row ->
                        included.matcher(benchmark.getSimpleName() + "." + row).find())
                .toList();
    }
}
