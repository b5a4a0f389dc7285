package dev.countersign.benchmarks.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One trial of one SDK: a directory, a sink, and measurements one after the other, each in a JVM of its own. Not
 * thread-safe.
 */
final class Bench {
    private final String table;
    private final Peer peer;
    private final int run;
    private final Path target;
    private final List<String> options;
    private @Nullable Workplace place;
    private @Nullable Jvm sink;
    private String port = "";

    /**
     * A trial.
     *
     * @param table what its figures belong to
     * @param run the number of the run
     * @param target where the jars are
     * @param options of the JVMs that measure
     */
    Bench(String table, Peer peer, int run, Path target, List<String> options) {
        this.options = options;
        this.table = table;
        this.peer = peer;
        this.run = run;
        this.target = target;
    }

    /** Measures what another measurement follows on. */
    void first(Measure measure, int calls) throws IOException {
        Workplace workplace = new Workplace();
        place = workplace;
        List<String> ofSink = new ArrayList<>(options);
        ofSink.addAll(Sink.OPTIONS);
        Jvm started = Jvm.start(System.getProperty("java.class.path"), ofSink, Jvm.NO_LIMIT, Sink.class);
        sink = started;
        port = started.line("port");
        measure(workplace, measure, calls);
    }

    /** Measures what follows on the first, and ends the trial. */
    void last(Measure measure, int calls) throws IOException {
        Workplace workplace = place;
        if (workplace != null) {
            measure(workplace, measure, calls);
        }
        close();
    }

    /** Measures once. */
    void only(Measure measure, int calls) throws IOException {
        first(measure, calls);
        close();
    }

    private void measure(Workplace workplace, Measure measure, int calls) throws IOException {
        try (Jvm jvm = Jvm.start(
                peer.classPath(target),
                options,
                Measure.MOST_SECONDS,
                Trial.class,
                measure.name(),
                peer.name(),
                port,
                workplace.directory().toString(),
                String.valueOf(calls))) {
            Map<String, Double> results = jvm.results();
            if (results.isEmpty() != (measure == Measure.HALT)) {
                throw new IOException(measure + " ended without a result");
            }
            results.forEach((metric, value) ->
                    Lines.print("FIGURE", String.valueOf(run), table, peer.name(), metric, String.valueOf(value)));
        }
    }

    /** Ends the trial and reports it. */
    void failed(Exception reason) {
        Lines.print("FAILED", String.valueOf(run), table + " of " + peer.label(), String.valueOf(reason));
        try {
            close();
        } catch (IOException e) {
            Lines.print("FAILED", String.valueOf(run), "tidying up", String.valueOf(e));
        }
    }

    private void close() throws IOException {
        if (sink != null) {
            sink.close();
        }
        if (place != null) {
            place.close();
        }
    }
}
