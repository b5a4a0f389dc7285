package dev.countersign.samples.rotation.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A running child. Its output goes to a log file and, line by line, to a listener; its standard input carries commands.
 * The demo's end, however it comes, ends the child: the pipe to its standard input closes. Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {

    private final String name;
    private final Process process;
    private final Path log;
    private final OutputStream input;
    private final Thread reader;
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private ChildProcess(JavaProgram program, Process process, Path log, String readyMark, Consumer<String> listener) {
        this.name = program.name();
        this.process = process;
        this.log = log;
        this.input = process.getOutputStream();
        this.reader = new Thread(() -> read(readyMark, listener), name + "-output");
        reader.setDaemon(true);
    }

    /**
     * Starts {@code program}.
     *
     * @param logDirectory where {@code <name>.log} is written
     * @param readyMark the child is ready when it prints a line that contains this
     * @param listener receives every line, on one thread
     */
    public static ChildProcess start(
            JavaProgram program, Path logDirectory, String readyMark, Consumer<String> listener) throws IOException {
        Path log = Files.createDirectories(logDirectory).resolve(program.name() + ".log");
        ProcessBuilder builder = new ProcessBuilder(program.command()).redirectErrorStream(true);
        builder.environment().putAll(program.environment());
        ChildProcess child = new ChildProcess(program, builder.start(), log, readyMark, listener);
        child.reader.start();
        return child;
    }

    /** What the demo calls this child. */
    public String name() {
        return name;
    }

    /** The child's process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether the child still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until the child says that it is ready.
     *
     * @return the line that said so, from the ready mark on
     * @throws IOException if the child ends first, or says nothing within {@code timeout}
     */
    public String awaitReady(Duration timeout) throws IOException, InterruptedException {
        try {
            return ready.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(name + " ended before it was ready: see " + log, e);
        } catch (TimeoutException e) {
            throw new IOException(name + " was not ready within " + timeout.toSeconds() + " s: see " + log, e);
        }
    }

    /**
     * Sends one line to the child's standard input.
     *
     * @throws IOException if the child has ended
     */
    public void send(String command) throws IOException {
        synchronized (input) {
            input.write((command + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        }
    }

    /**
     * Waits until the child has ended by itself and its last line was read.
     *
     * @return its exit status
     * @throws IOException if it still runs after {@code timeout}
     */
    public int awaitEnd(Duration timeout) throws IOException, InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException(name + " did not end within " + timeout.toSeconds() + " s: see " + log);
        }
        reader.join(timeout.toMillis());
        return process.exitValue();
    }

    /** Asks the child to end, as an operator's SIGTERM does. */
    void askToEnd() {
        process.destroy();
    }

    /** Asks the child to end, and ends it by force after 5 s. */
    @Override
    public void close() {
        askToEnd();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read(String readyMark, Consumer<String> listener) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter copy = new PrintWriter(Files.newBufferedWriter(log), true)) {
            String line;
            while ((line = lines.readLine()) != null) {
                copy.println(line);
                listener.accept(line);
                int mark = line.indexOf(readyMark);
                if (mark >= 0) {
                    ready.complete(line.substring(mark));
                }
            }
        } catch (IOException e) {
            // The child was ended by force; whoever waits for it learns so below.
        }
        ready.completeExceptionally(new IOException("end of output"));
    }
}
