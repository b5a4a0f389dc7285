package dev.countersign.benchmarks.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for one trial, and what peers with fixed places put elsewhere under its name; gone after it. */
record Workplace(Path directory) implements AutoCloseable {
    private static final Path TEMPORARY = Path.of("/tmp");

    Workplace() throws IOException {
        this(Files.createTempDirectory("client-benchmark-"));
    }

    @Override
    public void close() throws IOException {
        delete(directory);
        String key = directory.getFileName().toString();
        for (Path place : list(TEMPORARY)) {
            String name = place.getFileName().toString();
            if (name.startsWith("analytics-kotlin") || name.startsWith("amplitude-")) {
                for (Path own : list(place)) {
                    if (own.getFileName().toString().contains(key)) {
                        delete(own);
                    }
                }
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
