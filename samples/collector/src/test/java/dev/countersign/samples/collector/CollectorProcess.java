package dev.countersign.samples.collector;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A collector in a process of its own, on a database file; what it prints goes to a file. */
final class CollectorProcess implements AutoCloseable {
    private static final String READY = "collector listening on ";

    private final Process process;
    private final Path output;

    private CollectorProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts one.
     *
     * @param database its file
     * @param port where it listens; 0 for a free port
     * @param adminToken the token of its administrator; empty for one that it generates
     * @param output where it prints
     * @param jvm options of its JVM
     */
    static CollectorProcess start(Path database, int port, String adminToken, Path output, String... jvm)
            throws IOException {
        return start(
                Map.of(
                        "COLLECTOR_DB", database.toString(),
                        "PORT", Integer.toString(port),
                        "COLLECTOR_ADMIN_TOKEN", adminToken),
                output,
                jvm);
    }

    /** Starts one with settings of its environment. */
    static CollectorProcess start(Map<String, String> environment, Path output, String... jvm) throws IOException {
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvm));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Collector.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        return new CollectorProcess(builder.start(), output);
    }

    /** Waits until it answers requests. */
    String awaitUrl() throws IOException, InterruptedException {
        while (process.isAlive()) {
            for (String line : Files.readAllLines(output)) {
                if (line.startsWith(READY)) {
                    return line.substring(READY.length());
                }
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(Files.readString(output));
    }

    /** Ends it with signal 9, as a crash does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end with SIGTERM, and waits for that. */
    boolean terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor(20, TimeUnit.SECONDS);
    }

    Process process() {
        return process;
    }

    Path output() {
        return output;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
