package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** REQUIREMENTS.md says which rows have tests; this looks whether they do. */
class RequirementsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([RT]\\d+) \\| \\S");
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([RT]\\d+)\"\\)");

    @Test
    void everyRow_isTheTagOfATest() throws IOException {
        Set<String> untested = found(ROW, Files.readString(Path.of("REQUIREMENTS.md")));
        assertEquals(86, untested.size(), "rows");
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith("Test.java")).toList()) {
                untested.removeAll(found(TAG, Files.readString(file)));
            }
        }

        assertEquals(Set.of(), untested);
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }
}
