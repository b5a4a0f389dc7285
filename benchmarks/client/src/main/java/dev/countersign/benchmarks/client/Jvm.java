package dev.countersign.benchmarks.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of this JDK, ended with this one's block. */
final class Jvm implements AutoCloseable {
    /** For those that end with what started them. */
    static final long NO_LIMIT = TimeUnit.DAYS.toSeconds(1);

    private final Process process;
    private final BufferedReader out;

    private Jvm(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one, which is killed after so many seconds. */
    static Jvm start(String classPath, List<String> options, long mostSeconds, Class<?> main, String... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(args));
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        CompletableFuture.delayedExecutor(mostSeconds, TimeUnit.SECONDS).execute(started::destroyForcibly);
        return new Jvm(started);
    }

    /** The rest of the next line that begins with this word; empty when the process ends without one. */
    String line(String word) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(word)) {
                return line.substring(word.length()).trim();
            }
        }
        return "";
    }

    /** What a {@link Trial} measured; empty when it was halted or killed. */
    Map<String, Double> results() throws IOException {
        Map<String, Double> results = new TreeMap<>();
        for (String line = line(Trial.RESULT); !line.isEmpty(); line = line(Trial.RESULT)) {
            int equals = line.indexOf('=');
            results.put(line.substring(0, equals), Double.parseDouble(line.substring(equals + 1)));
        }
        return results;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
