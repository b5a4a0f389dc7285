package dev.countersign.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the samples of runs. A ratio is of two rows in one round; a run's is the median over its rounds; the table
 * gives the median over the runs, the least and the most.
 */
final class Table {
    private final String method;
    private final Map<String, Map<String, List<List<Sample>>>> benchmarks = new TreeMap<>();

    /** @param method how it was measured, for the table's first line */
    Table(String method) {
        this.method = method;
    }

    /** Adds a run of a benchmark: for each row its samples in the order of the rounds. */
    void add(String benchmark, Map<String, List<Sample>> rows) {
        rows.forEach((row, samples) -> benchmarks
                .computeIfAbsent(benchmark, unused -> new TreeMap<>())
                .computeIfAbsent(row, unused -> new ArrayList<>())
                .add(samples));
    }

    String markdown(int runs) {
        StringBuilder text = new StringBuilder(String.format(
                "JDK %s, %d run%s, %s%n", System.getProperty("java.version"), runs, runs == 1 ? "" : "s", method));
        benchmarks.forEach((benchmark, rows) -> {
            text.append(String.format(
                    "%n| %s | ns/op | ÷ limit | ÷ Countersign | B/op |%n|---|---|---|---|---|%n", benchmark));
            rows.entrySet().stream()
                    .sorted(Comparator.comparingDouble(row -> nanos(row.getValue())))
                    .forEach(row -> text.append(line(row.getKey(), row.getValue(), rows)));
        });
        return text.toString();
    }

    private static String line(String name, List<List<Sample>> row, Map<String, List<List<Sample>>> rows) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %s | %s | %.0f |%n",
                name,
                nanos(row),
                ratio(row, rows.get("limit")),
                ratio(row, rows.get("countersign")),
                median(row.stream().flatMap(List::stream).map(Sample::bytes).toList()));
    }

    private static String ratio(List<List<Sample>> row, @Nullable List<List<Sample>> base) {
        if (base == null) {
            return "";
        }
        List<Double> ratios = new ArrayList<>();
        for (int run = 0; run < Math.min(row.size(), base.size()); run++) {
            ratios.add(ratioOfRun(row.get(run), base.get(run)));
        }
        ratios.sort(null);
        return String.format(
                Locale.ROOT, "%.2f (%.2f–%.2f)", median(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
    }

    private static double ratioOfRun(List<Sample> row, List<Sample> base) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < row.size(); round++) {
            ratios.add(row.get(round).nanos() / base.get(round).nanos());
        }
        return median(ratios);
    }

    private static double nanos(List<List<Sample>> row) {
        return median(row.stream().flatMap(List::stream).map(Sample::nanos).toList());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
