package dev.countersign.samples.backends.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A back end as a running process, with everything that it prints. */
final class BackEndProcess implements AutoCloseable {
    private static final Pattern LISTENING =
            Pattern.compile("^(?:back end|collector) listening on (http://127\\.0\\.0\\.1:\\d+)$");
    private static final long START_SECONDS = 60;

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final Thread reader = new Thread(this::readOutput, "back-end-output");

    private BackEndProcess(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it in that directory on a free port; returns at once. */
    static BackEndProcess launch(BackEndUnderTest backEnd, Path directory, Map<String, String> settings)
            throws IOException, InterruptedException {
        backEnd.prepare();
        return start(backEnd.command(), directory, settings);
    }

    /** Starts that command in that directory on a free port; returns at once. */
    static BackEndProcess start(List<String> command, Path directory, Map<String, String> settings) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("PORT", "0");
        builder.environment().putAll(settings);
        return new BackEndProcess(builder.start());
    }

    /** Where it listens, as soon as it says so. */
    URI address() throws InterruptedException {
        try {
            return address.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new AssertionError("the back end did not say where it listens:\n" + output, failed);
        }
    }

    /** The exit status of a back end that is expected to end by itself. */
    int exitStatus() throws InterruptedException {
        if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the back end runs although it should not have started:\n" + output);
        }
        reader.join();
        return process.exitValue();
    }

    /** All that it printed so far, on both streams. */
    String output() {
        return output.toString();
    }

    /** Asks it to end; not process.destroy(), which also closes the output before its end is read. */
    void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.toHandle().destroy();
    }

    @Override
    public void close() throws InterruptedException {
        end();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private void readOutput() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                Matcher listening = LISTENING.matcher(line);
                if (listening.matches()) {
                    address.complete(URI.create(listening.group(1)));
                }
            }
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        } finally {
            address.completeExceptionally(new IllegalStateException("the process ended"));
        }
    }
}
