package dev.countersign.benchmarks.all;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one section measured on one JDK, kept in a file with a line for each thing, its cells separated by tabs:
 *
 * <pre>
 * FACT   name value                      of the machine; the last of a name counts
 * ABOUT  row name durability             of a peer
 * FIGURE run table row metric value
 * FAILED run what why
 * </pre>
 *
 * <p>Each line is written as soon as it is known, so that what was measured is there whatever happens next. Not
 * thread-safe.
 */
final class Results {
    private final Path file;
    private final List<String> lines;

    private Results(Path file, List<String> lines) {
        this.file = file;
        this.lines = new ArrayList<>(lines);
    }

    static Results read(Path file) throws IOException {
        return new Results(file, Files.exists(file) ? Files.readAllLines(file) : List.of());
    }

    /** Forgets the figures and failures of these tables, which are measured anew. */
    void forget(List<String> tables) throws IOException {
        lines.removeIf(line -> {
            String[] cells = line.split("\t", -1);
            return switch (cells[0]) {
                case "FIGURE" -> tables.contains(cells[2]);
                case "FAILED" -> true;
                default -> false;
            };
        });
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    void add(String... cells) throws IOException {
        String line = String.join("\t", cells);
        lines.add(line);
        Files.createDirectories(file.getParent());
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The number of the last run. */
    int lastRun() {
        return cells("FIGURE", 6)
                .mapToInt(cells -> Integer.parseInt(cells[1]))
                .max()
                .orElse(0);
    }

    void addTo(Figures figures) {
        cells("FIGURE", 6)
                .forEach(cells -> figures.add(
                        Integer.parseInt(cells[1]), cells[2], cells[3], cells[4], Double.parseDouble(cells[5])));
    }

    /** Of the machine. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        cells("FACT", 3).forEach(cells -> facts.put(cells[1], cells[2]));
        return facts;
    }

    /** Of each row its name and its durability. */
    Map<String, Peer> peers() {
        Map<String, Peer> peers = new LinkedHashMap<>();
        cells("ABOUT", 4).forEach(cells -> peers.put(cells[1], new Peer(cells[2], cells[3])));
        return peers;
    }

    /** What failed, and why. */
    List<String> failures() {
        return cells("FAILED", 4)
                .map(cells -> "run " + cells[1] + ", " + cells[2] + ": " + cells[3])
                .toList();
    }

    private Stream<String[]> cells(String kind, int count) {
        return lines.stream()
                .map(line -> line.split("\t", -1))
                .filter(cells -> cells[0].equals(kind) && cells.length == count);
    }

    /** A row's name with its version, and where its events wait. */
    record Peer(String name, String durability) {}
}
