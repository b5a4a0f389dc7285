package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs that transcripts are typed with. */
final class Programs {
    private Programs() {}

    /** Skips the calling test, saying why, where it is missing; with {@code CI=true} fails it instead. */
    static void require(String name) {
        boolean present = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        String missing = name + " is not installed: the transcripts cannot be typed";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(present, missing);
        }
        if (!present) {
            System.out.println("skipped: " + missing);
        }
        Assumptions.assumeTrue(present, missing);
    }
}
