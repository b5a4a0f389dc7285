package dev.countersign.samples.collector.scaled;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A part of the scaled collector as a process of its own, on loopback. */
final class EngineProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path LOG = Engines.target().resolve("engines.log");

    private final List<String> command;
    private final Map<String, String> environment;
    private final String readyMark;
    private final List<Process> started = new CopyOnWriteArrayList<>();
    private volatile Process process;
    private volatile String ready;

    private EngineProcess(List<String> command) {
        this(command, Map.of(), "READY");
    }

    private EngineProcess(List<String> command, Map<String, String> environment, String readyMark) {
        this.command = command;
        this.environment = environment;
        this.readyMark = readyMark;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> started.forEach(Process::destroyForcibly)));
    }

    /** A main class of this test's class path, which prints where it listens. */
    static EngineProcess program(Class<?> main, Map<String, String> environment, String readyMark, String... jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx384m");
        command.addAll(List.of(jvm));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return new EngineProcess(command, environment, readyMark).start();
    }

    /** The embedded collector alone, from its own jar. */
    static EngineProcess embedded(Map<String, String> environment) {
        Path jar =
                Engines.target().resolve("../../collector/target/collector.jar").normalize();
        return new EngineProcess(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx384m",
                                "-jar",
                                jar.toString()),
                        environment,
                        "collector listening on ")
                .start();
    }

    static EngineProcess haproxy(Path configuration, int port, Map<String, String> environment) {
        return new EngineProcess(java("HaProxy", configuration, port), environment, "READY").start();
    }

    /** The line that said that it is ready, behind the mark. */
    String ready() {
        return ready;
    }

    static EngineProcess broker(Path directory, int port, int controllerPort) {
        return new EngineProcess(java("KafkaBroker", directory, port, controllerPort)).start();
    }

    static EngineProcess postgres(Path directory, int port, String... settings) {
        List<String> command = java("PostgresServer", directory, port);
        command.addAll(List.of(settings));
        return new EngineProcess(command).start();
    }

    private static List<String> java(String name, Object... arguments) {
        Path target = Engines.target();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                target.resolve("classes") + ":" + target.resolve("lib") + "/*",
                "dev.countersign.samples.engines." + name));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** Starts it (again) and waits until it is ready. */
    EngineProcess start() {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
            builder.environment().putAll(environment);
            process = builder.start();
            started.add(process);
            BufferedReader out = process.inputReader();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(readyMark)) {
                    ready = line.substring(readyMark.length());
                    return this;
                }
            }
            throw new AssertionError("did not start: " + String.join(" ", command));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A figure of a collector or a consumer; -1 while it does not answer. */
    long metric(String name) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create(ready + "/metrics"))
                                    .header("Authorization", "Bearer " + Site.ADMIN_TOKEN)
                                    .timeout(Duration.ofSeconds(2))
                                    .build(),
                            BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** As a crash ends it: without a last word. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks it to end, and does not wait. */
    void terminate() {
        process.destroy();
    }

    /** As an operator ends it: it may say its last words. */
    void end() {
        terminate();
        process.onExit().join();
    }

    /** Kills the server itself, which is a child of this process's child. */
    void killPostgres(Path directory) throws IOException, InterruptedException {
        long postmaster = Long.parseLong(
                Files.readAllLines(directory.resolve("postmaster.pid")).get(0));
        ProcessHandle server = ProcessHandle.of(postmaster).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
        kill();
    }

    /** Stops it where it stands (SIGSTOP), or lets it go on (SIGCONT). */
    void signal(String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("kill -" + signal + " ended with " + exit);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Below those that systems give to outgoing connections, so that none takes it before the server does. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody has it; the next one.
            }
        }
    }

    @Override
    public void close() {
        try (OutputStream in = process.getOutputStream()) {
            in.flush();
        } catch (IOException e) {
            process.destroyForcibly();
        }
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
