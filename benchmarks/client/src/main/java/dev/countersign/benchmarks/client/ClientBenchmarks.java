package dev.countersign.benchmarks.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures the client SDK and its peers in interleaved rounds, and writes the figures as Markdown. */
public final class ClientBenchmarks {
    private static final Set<String> TRIALS = Set.of("caller", "throughput", "kept", "start", "full", "outage");

    private final Size size;
    private final List<Peer> peers;
    private final Set<String> trials;
    private final Figures figures = new Figures();
    private final Path target;

    private ClientBenchmarks(Size size, List<Peer> peers, Set<String> trials, Path target) {
        this.size = size;
        this.peers = peers;
        this.trials = trials;
        this.target = target;
    }

    /** How much is measured. */
    private enum Size {
        SHORT(1, 3, 5_000, 60, 20_000),
        LONG(5, 1, 100_000, 400, 1_000_000);

        final int rounds;
        final int parallel;
        final int calls;
        final int outage;
        final int backlog;

        Size(int rounds, int parallel, int calls, int outage, int backlog) {
            this.rounds = rounds;
            this.parallel = parallel;
            this.calls = calls;
            this.outage = outage;
            this.backlog = backlog;
        }
    }

    /**
     * Runs the benchmarks.
     *
     * @param args {@code short} (1 small round, proves that they work) or {@code long} (5 rounds); the file to write;
     *     optionally the peers, or {@code all}, and the trials to run, each separated by commas
     */
    public static void main(String[] args) throws Exception {
        if (args.length < 2 || !args[0].matches("short|long")) {
            throw new IllegalArgumentException("usage: short|long <file> [<peer>,<peer>…|all [<trial>,<trial>…]]");
        }
        Size size = args[0].equals("long") ? Size.LONG : Size.SHORT;
        Set<String> trials = args.length < 4 ? TRIALS : Set.of(args[3].split(",", -1));
        List<Peer> peers = args.length < 3 || args[2].equals("all")
                ? List.of(Peer.values())
                : Arrays.stream(args[2].split(",", -1)).map(Peer::valueOf).toList();
        Path jar = Path.of(ClientBenchmarks.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ClientBenchmarks run = new ClientBenchmarks(size, peers, trials, jar.resolveSibling("."));
        for (int round = 1; round <= size.rounds; round++) {
            run.round();
            Files.writeString(Path.of(args[1]), Report.markdown(run.figures, peers, size.calls, size.outage, round));
            System.out.println("round " + round + " of " + size.rounds + " done");
        }
        if (trials.equals(TRIALS)) {
            run.figures.requireWorking(peers);
        }
        System.out.println(Files.readString(Path.of(args[1])));
    }

    private void round() throws InterruptedException, ExecutionException {
        each(peers, size.parallel, peer -> trial("caller", peer, size.calls, Measure.CALLER));
        each(peers, size.parallel, peer -> trial("throughput", peer, size.calls, Measure.THROUGHPUT));
        each(peers, size.parallel, peer -> trial("kept", peer, 500, Measure.HALT, Measure.RESTART));
        each(peers, size.parallel, peer -> trial("start 0", peer, 0, Measure.START));
        each(peers, size.parallel, peer -> trial("start 10000", peer, 10_000, Measure.FILL, Measure.START));
        List<Peer> ours = peers.stream().filter(Peer::isOurs).toList();
        each(ours, size.parallel, peer -> trial("start 1000000", peer, size.backlog, Measure.FILL, Measure.START));
        List<Peer> evicting = peers.stream().filter(peer -> peer.evicts).toList();
        each(evicting, size.parallel, peer -> trial("full", peer, 0, Measure.FULL));
        // All at the same time: they mostly wait.
        each(peers, peers.size(), peer -> trial("outage", peer, size.outage, Measure.OUTAGE));
    }

    private static void each(List<Peer> peers, int parallel, Trials trials)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(parallel);
        List<Future<?>> running = new ArrayList<>();
        for (Peer peer : peers) {
            running.add(threads.submit(() -> {
                trials.run(peer);
                return null;
            }));
        }
        threads.shutdown();
        for (Future<?> one : running) {
            one.get();
        }
    }

    private interface Trials {
        void run(Peer peer) throws IOException;
    }

    /** Measures one after the other with one sink and one directory, each in a JVM of its own. */
    private void trial(String name, Peer peer, int calls, Measure... measures) throws IOException {
        if (!trials.contains(name.split(" ", -1)[0])) {
            return;
        }
        try (Workplace place = new Workplace();
                Jvm sink = Jvm.start(
                        System.getProperty("java.class.path"),
                        List.of("-Xmx512m", "-Dsun.net.httpserver.nodelay=true"),
                        Sink.class)) {
            String port = sink.line("port");
            for (Measure measure : measures) {
                try (Jvm jvm = Jvm.start(
                        peer.classPath(target),
                        List.of("-Xmx2g"),
                        Trial.class,
                        measure.name(),
                        peer.name(),
                        port,
                        place.directory().toString(),
                        String.valueOf(calls))) {
                    Map<String, Double> results = jvm.results();
                    System.out.println(name + " " + peer + " " + measure + " " + results);
                    figures.add(name, peer, results);
                }
            }
        }
    }
}
