package dev.countersign.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;

/** Gathers the rounds' results; each ratio is of two rows of one round. */
final class Table {
    private final Map<String, Map<String, List<Sample>>> benchmarks = new TreeMap<>();

    private record Sample(double nanos, double bytes) {}

    void add(RunResult result) {
        String name = result.getParams().getBenchmark();
        int dot = name.lastIndexOf('.');
        String benchmark = name.substring(name.lastIndexOf('.', dot - 1) + 1, dot);
        benchmarks
                .computeIfAbsent(benchmark, unused -> new TreeMap<>())
                .computeIfAbsent(name.substring(dot + 1), unused -> new ArrayList<>())
                .add(new Sample(score(result, ThreadCpuProfiler.LABEL), score(result, "gc.alloc.rate.norm")));
    }

    String markdown(int rounds) {
        StringBuilder text = new StringBuilder(String.format(
                "JDK %s, %d round%s, one JVM per row and round. Thread-CPU time of the best iteration; ratios are of rows of one round: median (least–most).%n",
                System.getProperty("java.version"), rounds, rounds == 1 ? "" : "s"));
        benchmarks.forEach((benchmark, rows) -> {
            text.append(String.format(
                    "%n| %s | ns/op | ÷ limit | ÷ Countersign | B/op |%n|---|---|---|---|---|%n", benchmark));
            rows.entrySet().stream()
                    .sorted(Comparator.comparingDouble(row -> median(nanos(row.getValue()))))
                    .forEach(row -> text.append(line(row.getKey(), row.getValue(), rows)));
        });
        return text.toString();
    }

    private static String line(String name, List<Sample> row, Map<String, List<Sample>> rows) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %s | %s | %.0f |%n",
                name,
                median(nanos(row)),
                ratio(row, rows.get("limit")),
                ratio(row, rows.get("countersign")),
                median(row.stream().map(Sample::bytes).toList()));
    }

    private static String ratio(List<Sample> row, @Nullable List<Sample> base) {
        if (base == null) {
            return "";
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(row.size(), base.size()); i++) {
            ratios.add(row.get(i).nanos / base.get(i).nanos);
        }
        ratios.sort(null);
        return String.format(
                Locale.ROOT, "%.2f (%.2f–%.2f)", median(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
    }

    private static List<Double> nanos(List<Sample> row) {
        return row.stream().map(Sample::nanos).toList();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private static double score(RunResult result, String label) {
        return Objects.requireNonNull(result.getSecondaryResults().get(label), label)
                .getScore();
    }
}
