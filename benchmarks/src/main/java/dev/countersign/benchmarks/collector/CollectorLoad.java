package dev.countersign.benchmarks.collector;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run of a load upon a collector in a process of its own: first as fast as it takes events, then at half that rate.
 * Batches of 50 events, every MAC verified, answered after the commit. Beside it, before and after, {@link BareLoop}.
 */
public final class CollectorLoad {
    private static final String TOKEN = "an-admin-token-for-benchmarks-0123456789";
    private static final int CONNECTIONS = 32;
    private static final String DURABILITY = "SQLite, WAL, synchronous=FULL; answered after the commit";
    private static final int WARM_UP_SECONDS = 5;
    private static final int MAX_WARM_UPS = 24;
    private static final double COMPILER_RESTS = 0.02;

    private final String run;
    private final int port;
    private final long pid;
    private final HttpClient http = HttpClient.newHttpClient();

    private CollectorLoad(String run, int port, long pid) {
        this.run = run;
        this.port = port;
        this.pid = pid;
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
        Path output = directory.resolve("output");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-XX:+UseSerialGC", "-Xmx256m", "-jar", args[2])
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("COLLECTOR_DB", directory.resolve("c.sqlite").toString());
        builder.environment().put("COLLECTOR_ADMIN_TOKEN", TOKEN);
        builder.environment().put("PORT", "0");
        Process process = builder.start();
        try {
            CollectorLoad load = new CollectorLoad(args[1], port(process, output), process.pid());
            load.run(directory, full ? 15 : 1, full ? 4_000 : 160);
        } finally {
            process.destroy();
            process.waitFor();
            delete(directory);
        }
    }

    private void run(Path directory, int seconds, int bareBatches) throws Exception {
        String environment =
                post("/admin/environments", "{\"name\":\"load\",\"form\":\"hmac-hex\",\"mode\":\"STRICT\"}");
        String key = post("/admin/environments/" + member("id", environment) + "/keys", "{\"description\":\"load\"}");
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            senders.add(new Sender(
                    port, member("apiKey", environment), new Batch(member("secret", key), member("id", key))));
        }
        warmUp(senders, Math.min(seconds, WARM_UP_SECONDS), seconds < WARM_UP_SECONDS ? 1 : MAX_WARM_UPS);
        BareLoop loop = new BareLoop();
        loop.run(directory.resolve("warm.sqlite"), 3 * bareBatches);
        double before = loop.run(directory.resolve("bare.sqlite"), bareBatches);
        Result full = load(senders, seconds, 0);
        Result half = load(senders, seconds, full.rate / 2);
        double after = loop.run(directory.resolve("bare2.sqlite"), bareBatches);
        double bare = (before + after) / 2;
        full.print(this, "full", bare);
        half.print(this, "half", bare);
        figure("full", "resident MiB", (double) residentMiB());
        figure("bare", "CPU µs/event", bare);
        System.out.println("ABOUT\tfull\tCountersign's collector, full load\t" + DURABILITY);
        System.out.println("ABOUT\thalf\tCountersign's collector, half that load\t" + DURABILITY);
        System.out.println("ABOUT\tbare\tbare loop, one thread, no HTTP\tthe same, one commit for 16 batches");
    }

    /** Until the compiler rests: a server runs for days. */
    private void warmUp(List<Sender> senders, int seconds, int most) throws Exception {
        double share = 1;
        for (int i = 0; i < most && share > COMPILER_RESTS; i++) {
            share = load(senders, seconds, 0).compiler;
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

    /**
     * What a load came to.
     *
     * @param compiler its part of the CPU time
     * @param collection the garbage collection's
     */
    private record Result(double rate, double p50, double p99, double cpuMicros, double compiler, double collection) {
        void print(CollectorLoad load, String row, double bare) {
            load.figure(row, "events/s", rate);
            load.figure(row, "p50 ms", p50);
            load.figure(row, "p99 ms", p99);
            load.figure(row, "CPU µs/event", cpuMicros);
            load.figure(row, "of that compiler, %", 100 * compiler);
            load.figure(row, "of that GC, %", 100 * collection);
            load.figure(row, "÷ bare loop", cpuMicros / bare);
        }
    }

    /** Sends for some seconds, at a rate of events a second; 0 for as fast as possible. */
    private Result load(List<Sender> senders, int seconds, double rate) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(senders.size());
        long start = System.nanoTime();
        CpuTime before = CpuTime.of(pid);
        long pause = rate == 0 ? 0 : (long) (senders.size() * Batch.EVENTS * 1e9 / rate);
        List<Callable<List<Long>>> tasks = new ArrayList<>();
        for (int i = 0; i < senders.size(); i++) {
            Sender sender = senders.get(i);
            long offset = pause * i / senders.size();
            tasks.add(() -> send(sender, start + offset, start + seconds * 1_000_000_000L, pause));
        }
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> times : threads.invokeAll(tasks)) {
            all.addAll(times.get());
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        CpuTime spent = CpuTime.of(pid).since(before);
        threads.shutdown();
        long[] sorted = all.stream().mapToLong(Long::longValue).sorted().toArray();
        double events = (double) sorted.length * Batch.EVENTS;
        return new Result(
                events / elapsed,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                spent.all() * 1e6 / events,
                spent.ofThreads("C1 Compiler", "C2 Compiler") / spent.all(),
                spent.ofThreads("GC Thread", "G1 ", "VM Thread") / spent.all());
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

    private long residentMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    private String post(String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static String member(String name, String json) {
        Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!member.find()) {
            throw new IllegalStateException("no " + name + " in the answer");
        }
        return member.group(1);
    }

    private static int port(Process process, Path output) throws IOException, InterruptedException {
        while (process.isAlive()) {
            Matcher line = Pattern.compile("listening on http://[^:]*:(\\d+)").matcher(Files.readString(output));
            if (line.find()) {
                return Integer.parseInt(line.group(1));
            }
            Thread.sleep(50);
        }
        throw new IOException(Arrays.toString(Files.readAllLines(output).toArray()));
    }
}
