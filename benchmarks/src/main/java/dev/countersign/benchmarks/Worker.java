package dev.countersign.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A row in a JVM of its own, which runs for a short window whenever it is its turn. */
final class Worker implements AutoCloseable {
    private static final List<String> PIN = List.of("taskset", "-c", "1");
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int BATCH = 50;

    /** Where results go, so that no compiler leaves their making out. */
    static @Nullable Object sink;

    private final Process process;
    private final BufferedReader answers;

    /**
     * How the JVM is started.
     *
     * @param warmUpNanos the CPU time for which it warms up
     * @param prefix of its command
     */
    record Start(long warmUpNanos, List<String> prefix) {}

    /** Starts the JVM; it warms up until {@link #awaitWarm} returns. */
    Worker(String benchmark, String row, Start start) throws IOException {
        List<String> command = new ArrayList<>(start.prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Compiled code comes when it is due, even when neighbours starve the compiler threads: -Xbatch.
        command.addAll(List.of("-Xms512m", "-Xmx512m", "-Xbatch", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Worker.class.getName(), benchmark, row, String.valueOf(start.warmUpNanos)));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * The prefix that keeps all JVMs on one processor, where that is possible. Otherwise each stays on one that it happened
     * to get, beside another neighbour, and whole runs come out 40 % off.
     */
    static List<String> pinned() throws InterruptedException {
        List<String> probe = new ArrayList<>(PIN);
        probe.add("true");
        try {
            return new ProcessBuilder(probe).start().waitFor() == 0 ? PIN : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    void awaitWarm() {
        ask();
    }

    /** Runs the row for one window. */
    Sample turn() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] answer = ask().split(" ", -1);
        return new Sample(Double.parseDouble(answer[0]), Double.parseDouble(answer[1]));
    }

    private String ask() {
        try {
            return Objects.requireNonNull(answers.readLine(), "the row's JVM has ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVM ends with its input. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What runs in the row's JVM.
     *
     * @param args the benchmark class, the row's method, and the CPU time of the warm-up in nanoseconds
     */
    public static void main(String[] args) throws Throwable {
        Callable<?> row = row(Class.forName(Worker.class.getPackageName() + "." + args[0]), args[1]);
        // Counted in CPU time, which all workers get the same of, however many of them share a processor.
        var threads = ManagementFactory.getThreadMXBean();
        long warmUp = Long.parseLong(args[2]);
        while (threads.getCurrentThreadCpuTime() < warmUp) {
            window(row);
        }
        System.out.println("warm");
        BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (turns.readLine() != null) {
            Sample sample = window(row);
            System.out.println(sample.nanos() + " " + sample.bytes());
        }
        // Sources of keys and peers may have left threads.
        System.exit(0);
    }

    private static Sample window(Callable<?> row) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long end = System.nanoTime() + WINDOW_NANOS;
        long bytes = threads.getThreadAllocatedBytes(thread);
        long cpu = threads.getCurrentThreadCpuTime();
        double calls = 0;
        do {
            for (int i = 0; i < BATCH; i++) {
                sink = row.call();
            }
            calls += BATCH;
        } while (System.nanoTime() < end);
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        bytes = threads.getThreadAllocatedBytes(thread) - bytes;
        return new Sample(cpu / calls, bytes / calls);
    }

    /** The method as a lambda, which the compiler inlines; a reflective call would add its own cost. */
    private static Callable<?> row(Class<?> benchmark, String name) throws Throwable {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        MethodHandle method = lookup.unreflect(benchmark.getMethod(name));
        MethodHandle lambda = LambdaMetafactory.metafactory(
                        lookup,
                        "call",
                        MethodType.methodType(Callable.class, benchmark),
                        MethodType.methodType(Object.class),
                        method,
                        MethodType.methodType(method.type().returnType()))
                .getTarget();
        return (Callable<?>) lambda.invoke(benchmark.getConstructor().newInstance());
    }
}
