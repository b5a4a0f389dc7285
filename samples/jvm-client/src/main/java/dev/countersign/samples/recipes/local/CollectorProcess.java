package dev.countersign.samples.recipes.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The collector's jar as a child process; it ends with this JVM. */
final class CollectorProcess implements AutoCloseable {
    private static final String READY = "collector listening on ";
    private static final String JAR = "collector/target/collector.jar";

    private final Process process;
    private final String url;
    private final Thread atExit;

    private CollectorProcess(Process process, String url) {
        this.process = process;
        this.url = url;
        atExit = new Thread(process::destroyForcibly, "collector-end");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts it and waits until it answers; port 0 takes a free one. */
    static CollectorProcess start(Path directory, int port, String adminToken) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-jar",
                        jar().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "PORT", Integer.toString(port),
                        "COLLECTOR_DB", directory.resolve("collector.db").toString(),
                        "COLLECTOR_ADMIN_TOKEN", adminToken));
        Process process = builder.start();
        BufferedReader lines = process.inputReader(UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return new CollectorProcess(process, line.substring(READY.length()));
            }
        }
        process.destroyForcibly();
        throw new IOException("the collector did not start");
    }

    String url() {
        return url;
    }

    /** Beside this module, seen from the repository's root, from {@code samples} or from here. */
    private static Path jar() throws IOException {
        for (Path folder : List.of(Path.of("samples"), Path.of("."), Path.of(".."))) {
            Path jar = folder.resolve(JAR);
            if (Files.exists(jar)) {
                return jar.toAbsolutePath();
            }
        }
        throw new IOException("samples/" + JAR + " is missing: mvn -pl samples/jvm-client -am -DskipTests package");
    }

    /** Asks it to end, and ends it by force after five seconds. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // This JVM is ending already.
        }
    }
}
