package dev.countersign.benchmarks.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One run of a load upon a collector in a process of its own, in turns: as fast as it takes events, then at half that rate.
 * Batches of 50 events, every MAC verified, answered after the commit. Right before and after the former, {@link BareLoop}.
 */
public final class CollectorLoad {
    private static final int CONNECTIONS = 32;
    private static final String DURABILITY = "SQLite, WAL, synchronous=FULL; answered after the commit";
    private static final int WARM_UP_SECONDS = 5;
    private static final int MAX_WARM_UPS = 24;
    private static final double COMPILER_RESTS = 0.02;

    private final String run;
    private final CollectorProcess collector;
    private final List<Sender> senders;

    private CollectorLoad(String run, CollectorProcess collector) throws IOException, InterruptedException {
        this.run = run;
        this.collector = collector;
        this.senders = collector.senders(CONNECTIONS);
    }

    /**
     * Runs both, and prints {@code FIGURE run collector row metric value} and {@code ABOUT row name durability}, separated by
     * tabs.
     *
     * @param args {@code SHORT} or {@code FULL}; the number of the run; the collector's jar
     */
    public static void main(String[] args) throws Exception {
        boolean full = args[0].equals("FULL");
        Path directory = Files.createTempDirectory("collector-load");
        try (CollectorProcess collector = CollectorProcess.start(args[2], directory)) {
            CollectorLoad load = new CollectorLoad(args[1], collector);
            load.warmUp(full ? WARM_UP_SECONDS : 1, full ? MAX_WARM_UPS : 1);
            load.run(directory, full ? 5 : 1, full ? 4 : 1, full ? 1_600 : 160);
        } finally {
            delete(directory);
        }
    }

    private void run(Path directory, int rounds, int seconds, int bareBatches) throws Exception {
        BareLoop.onAllProcessors(directory, 3 * bareBatches);
        List<Load> full = new ArrayList<>();
        List<Load> half = new ArrayList<>();
        double ratios = 0;
        double bare = 0;
        for (int i = 0; i < rounds; i++) {
            double before = BareLoop.onAllProcessors(directory, bareBatches);
            full.add(load(seconds, 0));
            double around = (before + BareLoop.onAllProcessors(directory, bareBatches)) / 2;
            half.add(load(seconds, full.get(i).rate() / 2));
            ratios += full.get(i).cpuMicros() / around;
            bare += around;
        }
        print("full", full);
        print("half", half);
        figure("full", "÷ bare loop", ratios / rounds);
        figure("full", "resident MiB", (double) collector.residentMiB());
        figure("bare", "CPU µs/event", bare / rounds);
        System.out.println("ABOUT\tfull\tCountersign's collector, full load\t" + DURABILITY);
        System.out.println("ABOUT\thalf\tCountersign's collector, half that load\t" + DURABILITY);
        System.out.println(
                "ABOUT\tbare\tbare loop, one on each processor, no HTTP\tthe same, one commit for 16 batches");
    }

    /** Until the compiler rests: a server runs for days. */
    private void warmUp(int seconds, int most) throws Exception {
        double share = 1;
        for (int i = 0; i < most && share > COMPILER_RESTS; i++) {
            Load load = load(seconds, 0);
            share = load.compiler / load.cpu;
        }
    }

    private void figure(String row, String metric, double value) {
        System.out.println(String.join("\t", "FIGURE", run, "collector", row, metric, String.valueOf(value)));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    private void print(String row, List<Load> loads) {
        long[] times = loads.stream()
                .flatMapToLong(load -> load.times.stream().mapToLong(Long::longValue))
                .sorted()
                .toArray();
        double events = (double) times.length * Batch.EVENTS;
        double cpu = loads.stream().mapToDouble(Load::cpu).sum();
        figure(
                row,
                "events/s",
                events / loads.stream().mapToDouble(Load::seconds).sum());
        figure(row, "p50 ms", times[times.length / 2] / 1e6);
        figure(row, "p99 ms", times[(int) (times.length * 0.99)] / 1e6);
        figure(row, "CPU µs/event", cpu * 1e6 / events);
        figure(
                row,
                "of that compiler, %",
                100 * loads.stream().mapToDouble(Load::compiler).sum() / cpu);
        figure(
                row,
                "of that GC, %",
                100 * loads.stream().mapToDouble(Load::collection).sum() / cpu);
    }

    /**
     * What a load came to.
     *
     * @param seconds how long it took
     * @param times of the requests, in nanoseconds
     * @param cpu seconds of CPU time
     * @param compiler the compiler's part of them
     * @param collection the garbage collection's
     */
    private record Load(double seconds, List<Long> times, double cpu, double compiler, double collection) {
        double rate() {
            return times.size() * Batch.EVENTS / seconds;
        }

        double cpuMicros() {
            return cpu * 1e6 / times.size() / Batch.EVENTS;
        }
    }

    /** Sends for some seconds, at a rate of events a second; 0 for as fast as possible. */
    private Load load(int seconds, double rate) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(senders.size());
        long start = System.nanoTime();
        CpuTime before = collector.cpuTime();
        long pause = rate == 0 ? 0 : (long) (senders.size() * Batch.EVENTS * 1e9 / rate);
        List<Callable<List<Long>>> tasks = new ArrayList<>();
        for (int i = 0; i < senders.size(); i++) {
            Sender sender = senders.get(i);
            long offset = pause * i / senders.size();
            tasks.add(() -> send(sender, start + offset, start + seconds * 1_000_000_000L, pause));
        }
        List<Future<List<Long>>> ended = threads.invokeAll(tasks);
        double elapsed = (System.nanoTime() - start) / 1e9;
        CpuTime spent = collector.cpuTime().since(before);
        threads.shutdown();
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> times : ended) {
            all.addAll(times.get());
        }
        return new Load(
                elapsed,
                all,
                spent.all(),
                spent.ofThreads("C1 Compiler", "C2 Compiler"),
                spent.ofThreads("GC Thread", "G1 ", "VM Thread"));
    }

    /** The time of a paced request counts from when it was due: a slow answer does not hide the wait of the next. */
    private static List<Long> send(Sender sender, long first, long end, long pause) throws IOException {
        List<Long> times = new ArrayList<>();
        long due = first;
        while (System.nanoTime() < end) {
            while (pause > 0 && System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            long from = pause > 0 ? due : System.nanoTime();
            sender.send();
            times.add(System.nanoTime() - from);
            due += pause;
        }
        return times;
    }
}
