package dev.countersign.samples.cli.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The program as the operator starts it: the jar or its launcher, in a process of its own. */
final class Program {
    static final Path LAUNCHER = Path.of("bin", "countersign").toAbsolutePath();
    static final Path JAR = Path.of("target", "countersign-cli.jar").toAbsolutePath();

    /** What a process did. */
    record Ended(int exitCode, String out, String err) {}

    private Program() {}

    /** {@code java -jar} with these arguments. */
    static List<String> jar(String... args) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(args));
        return command;
    }

    /** Runs a command to its end, without input. */
    static Ended run(Path directory, Map<String, String> environment, List<String> command) throws Exception {
        Process process = start(directory, environment, command);
        process.getOutputStream().close();
        return end(directory, process);
    }

    static Process start(Path directory, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(Files.createTempFile(directory, "err", ".txt").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ended end(Path directory, Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        try (Stream<Path> files = Files.list(directory)) {
            Path err = files.filter(file -> file.getFileName().toString().matches("err.*\\.txt"))
                    .findFirst()
                    .orElseThrow();
            String text = Files.readString(err);
            Files.delete(err);
            return new Ended(exitCode, out, text);
        }
    }

    /** Skips the test where a program is missing; fails it in CI. */
    static void require(String name) {
        boolean present = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        String missing = name + " is not installed: the test of the command line cannot run";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(present, missing);
        }
        if (!present) {
            System.out.println("skipped: " + missing);
        }
        Assumptions.assumeTrue(present, missing);
    }
}
