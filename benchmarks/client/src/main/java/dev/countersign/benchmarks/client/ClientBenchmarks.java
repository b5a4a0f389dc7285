package dev.countersign.benchmarks.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Measures the client SDK and its peers in interleaved runs, and prints the figures as {@link Lines}. */
public final class ClientBenchmarks {
    private static final Set<String> TRIALS = Set.of("caller", "throughput", "kept", "start", "full", "outage");
    /** Outages mostly wait, so so many rounds of them run at the same time. */
    private static final int OUTAGES = 3;

    private final Size size;
    private final List<Peer> peers;
    private final Set<String> trials;
    private final Path target;

    private ClientBenchmarks(Size size, List<Peer> peers, Set<String> trials, Path target) {
        this.size = size;
        this.peers = peers;
        this.trials = trials;
        this.target = target;
    }

    /** How much is measured. */
    private enum Size {
        SHORT(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), 7, 5_000, 3, 40, 1_000, 10_000),
        FULL(List.of("-Xmx2g"), 1, 100_000, 5, 400, 10_000, 1_000_000);

        @SuppressWarnings("ImmutableEnumChecker") // of List.of
        final List<String> options;

        final int parallel;
        final int calls;
        final int clients;
        final int outage;
        final int backlog;
        final int largeBacklog;

        Size(List<String> options, int parallel, int calls, int clients, int outage, int backlog, int largeBacklog) {
            this.options = options;
            this.parallel = parallel;
            this.calls = calls;
            this.clients = clients;
            this.outage = outage;
            this.backlog = backlog;
            this.largeBacklog = largeBacklog;
        }
    }

    /**
     * Runs the benchmarks.
     *
     * @param args {@code SHORT} (proves that they work) or {@code FULL}; the number of the first run and of the last; the
     *     trials and the peers, each separated by commas, or {@code all}
     */
    public static void main(String[] args) throws Exception {
        Path jar = Path.of(ClientBenchmarks.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ClientBenchmarks benchmarks = new ClientBenchmarks(
                Size.valueOf(args[0]),
                args[4].equals("all")
                        ? List.of(Peer.values())
                        : Arrays.stream(args[4].split(",", -1))
                                .map(Peer::valueOf)
                                .toList(),
                args[3].equals("all") ? TRIALS : Set.of(args[3].split(",", -1)),
                jar.resolveSibling("."));
        for (Peer peer : benchmarks.peers) {
            Lines.print("ABOUT", peer.name(), peer.label(), peer.durability);
        }
        int last = Integer.parseInt(args[2]);
        for (int run = Integer.parseInt(args[1]); run <= last; run++) {
            benchmarks.round(run);
        }
        for (int run = Integer.parseInt(args[1]); run <= last; run += OUTAGES) {
            benchmarks.outages(run, Math.min(last, run + OUTAGES - 1));
        }
    }

    private void round(int run) throws InterruptedException {
        List<Peer> ours = peers.stream().filter(Peer::isOurs).toList();
        // In the short form the peers need not show more than that they work.
        List<Peer> more = size == Size.SHORT ? ours : peers;
        each("caller", size.parallel, more, run, bench -> bench.only(Measure.CALLER, size.calls));
        each("throughput", size.parallel, peers, run, bench -> bench.only(Measure.THROUGHPUT, size.calls));
        each("start 0", size.parallel, more, run, bench -> bench.only(Measure.START, 0));
        List<Peer> evicting = more.stream().filter(peer -> peer.evicts).toList();
        each("full", size.parallel, evicting, run, bench -> bench.only(Measure.FULL, size.clients));
        // What was there when the process was gone depends on its speed, which it has to itself; what the next one
        // finds does not.
        List<Bench> halted = each("kept", size.parallel, peers, run, bench -> bench.first(Measure.HALT, 500));
        together(peers.size(), halted, bench -> bench.last(Measure.RESTART, 500));
        backlog("start 10000", more, size.backlog, run);
        backlog("start 1000000", ours, size.largeBacklog, run);
    }

    /** Heap may be measured side by side; the start may not. */
    private void backlog(String table, List<Peer> filling, int events, int run) throws InterruptedException {
        List<Bench> filled = each(table, 4, filling, run, bench -> bench.first(Measure.FILL, events));
        together(size.parallel, filled, bench -> bench.last(Measure.START, events));
    }

    private void outages(int first, int last) throws InterruptedException {
        List<Bench> all = new ArrayList<>();
        for (int run = first; run <= last && trials.contains("outage"); run++) {
            for (Peer peer : peers) {
                all.add(new Bench("outage", peer, run, target, size.options));
            }
        }
        together(OUTAGES * peers.size(), all, bench -> bench.only(Measure.OUTAGE, size.outage));
    }

    private interface Task {
        void run(Bench bench) throws IOException;
    }

    private List<Bench> each(String table, int parallel, List<Peer> measured, int run, Task task)
            throws InterruptedException {
        if (!trials.contains(table.split(" ", -1)[0])) {
            return List.of();
        }
        List<Bench> all = measured.stream()
                .map(peer -> new Bench(table, peer, run, target, size.options))
                .toList();
        return together(parallel, all, task);
    }

    /** Those that did not fail. What fails is reported, and the others go on. */
    private static List<Bench> together(int parallel, List<Bench> benches, Task task) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        List<Bench> succeeded = Collections.synchronizedList(new ArrayList<>());
        for (Bench bench : benches) {
            threads.execute(() -> {
                try {
                    task.run(bench);
                    succeeded.add(bench);
                } catch (IOException | RuntimeException e) {
                    bench.failed(e);
                }
            });
        }
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.DAYS);
        return List.copyOf(succeeded);
    }
}
