package dev.countersign.samples.rotation.operator;

import dev.countersign.samples.rotation.operator.CollectorAdmin.KeyUse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which generations of keys prove the events that arrive now. Not thread-safe. */
public final class KeysInUse {

    private final CollectorAdmin collector;
    private final List<Environment> environments;
    private final Map<String, Long> before = new HashMap<>();

    /** Watches the keys of {@code environments}. */
    public KeysInUse(CollectorAdmin collector, List<Environment> environments) {
        this.collector = collector;
        this.environments = environments;
    }

    /** The share of each generation since the last call, such as {@code K1 62% K2 38%}; empty if nothing arrived. */
    public String sinceLastCall() throws IOException, InterruptedException {
        Map<Integer, Long> events = new TreeMap<>();
        for (Environment environment : environments) {
            List<KeyUse> keys = collector.keys(environment);
            for (KeyUse key : keys) {
                long fresh = key.accepted() - before.getOrDefault(key.id(), 0L);
                before.put(key.id(), key.accepted());
                if (fresh > 0) {
                    events.merge(environment.generation(key.id()), fresh, Long::sum);
                }
            }
        }
        long total = events.values().stream().mapToLong(Long::longValue).sum();
        return events.entrySet().stream()
                .map(entry -> "K" + entry.getKey() + " " + Math.round(100.0 * entry.getValue() / total) + "%")
                .collect(Collectors.joining(" "));
    }
}
