package dev.countersign.samples.kill;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One process of the app, from its start to its end. */
final class Life implements AutoCloseable {
    private final Process process;
    private final Thread reader;

    /** Starts it; what it says of itself goes to the book. */
    Life(Script script, Book book, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                App.class.getName());
        builder.environment().putAll(script.toEnvironment());
        builder.redirectError(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        process = builder.start();
        InputStream pipe = process.getInputStream();
        reader = new Thread(
                () -> {
                    try {
                        Ledger.read(pipe, book);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "ledger");
        reader.start();
    }

    /** Lets it live for this long, then kills it with signal 9. */
    void killAfter(long micros) throws InterruptedException {
        if (!process.waitFor(micros, TimeUnit.MICROSECONDS)) {
            process.toHandle().destroyForcibly(); // process.destroyForcibly() would close the pipe before it is read
        }
        awaitEnd();
    }

    /** Waits until it is over, and returns its exit status. All it said is in the book then. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("the app did not end");
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
