package dev.countersign.samples.collector.operation;

import dev.countersign.samples.collector.http.BodiesInFlight;
import dev.countersign.samples.collector.runtime.Counters;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.storage.EventStore;
import dev.countersign.samples.collector.traffic.Stages;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What Prometheus reads, in its text format 0.0.4. Labels are ids of environments and names of reasons: never an id of
 * a user. Thread-safe, without I/O.
 */
public final class Metrics {
    private final LiveEnvironments environments;
    private final EventStore store;
    private final Stages stages;
    private final BodiesInFlight bodies;

    /** Metrics of these. */
    public Metrics(LiveEnvironments environments, EventStore store, Stages stages, BodiesInFlight bodies) {
        this.environments = environments;
        this.store = store;
        this.stages = stages;
        this.bodies = bodies;
    }

    /** The page. */
    public String text() {
        StringBuilder out = new StringBuilder(2048);
        counter(out, "accepted", "Events stored.", Counters::accepted);
        counter(out, "duplicate", "Events that were stored before.", Counters::duplicates);
        counter(out, "conflict", "Events whose id another event holds.", Counters::conflicts);
        head(out, "collector_events_rejected_total", "counter", "Events refused, by reason.");
        reasons(out, "collector_events_rejected_total", Counters::rejected);
        head(out, "collector_events_failed_total", "counter", "Events taken although their proof failed, by reason.");
        reasons(out, "collector_events_failed_total", Counters::failed);
        histogram(out, "collector_verify_seconds", "Verifying the proofs of a request.", stages.verify());
        histogram(out, "collector_store_seconds", "Storing the events of a request, waiting included.", stages.store());
        gauge(out, "collector_queue_bytes", "Events that wait to be stored.", store.waitingBytes());
        gauge(out, "collector_body_bytes", "Bodies of requests that are not answered yet.", bodies.held());
        gauge(out, "collector_up", "1 while events are stored, 0 when only a restart helps.", store.isOpen() ? 1 : 0);
        return out.toString();
    }

    private void counter(StringBuilder out, String what, String help, ToLongFunction<Counters> count) {
        String name = "collector_events_" + what + "_total";
        head(out, name, "counter", help);
        for (LiveEnvironment live : environments.all()) {
            sample(out, name, "environment=\"" + live.environment().id() + "\"", count.applyAsLong(live.counters()));
        }
    }

    private interface ByReason {
        Map<String, Long> of(Counters counters);
    }

    private void reasons(StringBuilder out, String name, ByReason counts) {
        for (LiveEnvironment live : environments.all()) {
            String environment = "environment=\"" + live.environment().id() + "\",reason=\"";
            counts.of(live.counters())
                    .forEach((reason, count) -> sample(out, name, environment + reason + "\"", count));
        }
    }

    private static void histogram(StringBuilder out, String name, String help, Stages.Stage stage) {
        head(out, name, "histogram", help);
        double[] bounds = Stages.bounds();
        long count = 0;
        for (int i = 0; i < bounds.length; i++) {
            count += stage.count(i);
            sample(out, name + "_bucket", "le=\"" + bounds[i] + "\"", count);
        }
        count += stage.count(bounds.length);
        sample(out, name + "_bucket", "le=\"+Inf\"", count);
        out.append(String.format(Locale.ROOT, "%s_sum %.6f%n%s_count %d%n", name, stage.seconds(), name, count));
    }

    private static void gauge(StringBuilder out, String name, String help, long value) {
        head(out, name, "gauge", help);
        out.append(name).append(' ').append(value).append('\n');
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void sample(StringBuilder out, String name, String labels, long value) {
        out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }
}
