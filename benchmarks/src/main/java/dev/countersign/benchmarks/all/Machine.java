package dev.countersign.benchmarks.all;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the figures depend on. */
final class Machine {
    private Machine() {}

    /** Of this machine, JVM and moment. */
    static Map<String, String> facts() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("measured", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
        facts.put(
                "JDK",
                System.getProperty("java.vendor.version", "").isBlank()
                        ? System.getProperty("java.version")
                        : System.getProperty("java.version") + ", " + System.getProperty("java.vendor.version"));
        facts.put(
                "processors",
                Runtime.getRuntime().availableProcessors() + " × " + cpu("model name", System.getProperty("os.arch")));
        facts.put(
                "SHA extensions",
                (" " + cpu("flags", "") + " ").contains(" sha_ni ")
                        ? "yes"
                        : cpu("Features", "").contains("sha2") ? "yes" : "no");
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("load before", first(Path.of("/proc/loadavg")).split(" ", -1)[0]);
        facts.put("commit", commit());
        return facts;
    }

    private static String cpu(String name, String otherwise) throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return otherwise;
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse(otherwise);
        }
    }

    private static String first(Path file) throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.isEmpty() ? "unknown" : lines.get(0);
    }

    private static String commit() throws IOException {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? answer : "unknown";
        } catch (IOException | InterruptedException e) {
            return "unknown";
        }
    }
}
