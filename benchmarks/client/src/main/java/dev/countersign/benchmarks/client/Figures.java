package dev.countersign.benchmarks.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the rounds measured. Safe for use by several threads. */
final class Figures {
    private final Map<String, List<Double>> values = new HashMap<>();

    synchronized void add(String trial, Peer peer, Map<String, Double> results) {
        results.forEach((metric, value) -> values.computeIfAbsent(key(trial, peer, metric), unused -> new ArrayList<>())
                .add(value));
    }

    /** The median over the rounds, and between which values they lie when there were several; {@code –} when not measured. */
    synchronized String cell(String trial, Peer peer, String metric) {
        List<Double> all = values.getOrDefault(key(trial, peer, metric), List.of());
        if (all.isEmpty()) {
            return "–";
        }
        List<Double> sorted = all.stream().sorted().toList();
        String median = number(median(sorted));
        String least = number(sorted.get(0));
        String most = number(sorted.get(sorted.size() - 1));
        return least.equals(most) ? median : median + " (" + least + "–" + most + ")";
    }

    /** The median over the rounds, NaN when not measured. */
    synchronized double median(String trial, Peer peer, String metric) {
        return median(values.getOrDefault(key(trial, peer, metric), List.of()).stream()
                .sorted()
                .toList());
    }

    /** Fails unless each was measured and delivered something. */
    void requireWorking(List<Peer> peers) {
        for (Peer peer : peers) {
            boolean works = median("caller", peer, "median ns") > 0
                    && median("throughput", peer, "events/s") > 0
                    && median("outage", peer, "delivered") > 0
                    && median("kept", peer, "kept") >= 0;
            if (!works) {
                throw new IllegalStateException(peer + " delivered nothing or was not measured");
            }
        }
    }

    private static double median(List<Double> sorted) {
        return sorted.isEmpty()
                ? Double.NaN
                : (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private static String number(double value) {
        String format = Math.abs(value) < 10 && value != Math.rint(value) ? "%.2f" : "%,.0f";
        return String.format(Locale.ROOT, format, value);
    }

    private static String key(String trial, Peer peer, String metric) {
        return trial + "|" + peer + "|" + metric;
    }
}
