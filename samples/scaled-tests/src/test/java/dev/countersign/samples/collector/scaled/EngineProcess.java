package dev.countersign.samples.collector.scaled;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Kafka broker or a PostgreSQL server as a process of its own, on loopback, which ends with this one. */
final class EngineProcess implements AutoCloseable {
    private final List<String> command;
    private Process process;

    private EngineProcess(List<String> command) {
        this.command = command;
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
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader out = process.inputReader();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("READY")) {
                    return this;
                }
            }
            throw new AssertionError("did not start: " + String.join(" ", command));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** As a crash ends it: without a last word. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
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
    void signal(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
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
