package dev.countersign.benchmarks.all;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/** What was measured: of each table, row and metric a value for each run. Not thread-safe. */
final class Figures {
    private final Map<String, Map<String, Map<String, NavigableMap<Integer, Double>>>> tables = new LinkedHashMap<>();

    /** Takes a figure. What is no number, because nothing came that could be divided by, is none. */
    void add(int run, String table, String row, String metric, double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        tables.computeIfAbsent(table, unused -> new LinkedHashMap<>())
                .computeIfAbsent(row, unused -> new LinkedHashMap<>())
                .computeIfAbsent(metric, unused -> new TreeMap<>())
                .put(run, value);
    }

    /** The rows of a table, in the order in which they came. */
    List<String> rows(String table) {
        return List.copyOf(tables.getOrDefault(table, Map.of()).keySet());
    }

    /** The values, by run; empty when not measured. */
    Values values(String table, String row, String metric) {
        return new Values(tables.getOrDefault(table, Map.of())
                .getOrDefault(row, Map.of())
                .getOrDefault(metric, Collections.emptyNavigableMap()));
    }

    /** The number of runs that have any figure of these tables. */
    int runs(Collection<String> of) {
        return (int) of.stream()
                .flatMap(table -> tables.getOrDefault(table, Map.of()).values().stream())
                .flatMap(metrics -> metrics.values().stream())
                .flatMap(values -> values.keySet().stream())
                .distinct()
                .count();
    }

    /** Values by run. */
    record Values(NavigableMap<Integer, Double> byRun) {
        static final Values NONE = new Values(Collections.emptyNavigableMap());

        boolean isEmpty() {
            return byRun.isEmpty();
        }

        /** NaN when there are none. */
        double median() {
            List<Double> sorted = byRun.values().stream().sorted().toList();
            return sorted.isEmpty()
                    ? Double.NaN
                    : (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
        }

        double least() {
            return byRun.values().stream().mapToDouble(d -> d).min().orElse(Double.NaN);
        }

        double most() {
            return byRun.values().stream().mapToDouble(d -> d).max().orElse(Double.NaN);
        }

        /** This and another, run by run; of the runs that have both. */
        Values with(Values other, DoubleBinaryOperator operator) {
            NavigableMap<Integer, Double> both = new TreeMap<>();
            byRun.forEach((run, value) -> {
                Double others = other.byRun.get(run);
                if (others != null) {
                    both.put(run, operator.applyAsDouble(value, others));
                }
            });
            return new Values(both);
        }

        /** The median, and between which values the runs lie where there were several; {@code –} when there are none. */
        @Override
        public String toString() {
            if (isEmpty()) {
                return "–";
            }
            String median = Numbers.format(median());
            String least = Numbers.format(least());
            String most = Numbers.format(most());
            return least.equals(most) ? median : median + " (" + least + "–" + most + ")";
        }
    }
}
