package dev.countersign.samples.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs beside the JVM. */
public final class Programs {
    private Programs() {}

    /** Skips the calling test, saying why, where one is missing; with {@code CI=true} fails it instead. */
    public static void require(String... names) {
        for (String name : names) {
            boolean present = Stream.of(System.getenv("PATH").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
            if (!present) {
                String reason = name + " is not installed";
                if ("true".equals(System.getenv("CI"))) {
                    fail(reason + " (CI=true: nothing may be skipped)");
                }
                System.out.println("SKIPPED: " + reason);
                Assumptions.abort(reason);
            }
        }
    }

    /** What a program prints on both streams; it has to succeed. */
    public static String run(Path directory, String input, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(UTF_8));
        }
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }
}
