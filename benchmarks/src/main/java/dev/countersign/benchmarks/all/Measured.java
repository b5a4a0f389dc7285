package dev.countersign.benchmarks.all;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that the files of results hold.
 *
 * @param figures by the JDK's feature version
 * @param results by JDK and section, for the facts
 * @param peers of each row its name and durability, in the order of the tables
 */
record Measured(
        NavigableMap<Integer, Figures> figures,
        NavigableMap<Integer, Map<Section, Results>> results,
        Map<String, Results.Peer> peers) {

    private static final Pattern NAME = Pattern.compile("(\\w+)-jdk(\\d+)\\.tsv");

    /** What the files of this directory hold: nothing when there is none. */
    static Measured read(Path directory) throws IOException {
        Measured measured = new Measured(new TreeMap<>(), new TreeMap<>(), new LinkedHashMap<>());
        if (!Files.isDirectory(directory)) {
            return measured;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                Results results = Results.read(file);
                int jdk = Integer.parseInt(name.group(2));
                results.addTo(measured.figures.computeIfAbsent(jdk, unused -> new Figures()));
                measured.results
                        .computeIfAbsent(jdk, unused -> new EnumMap<>(Section.class))
                        .put(Section.valueOf(name.group(1).toUpperCase(Locale.ROOT)), results);
                measured.peers.putAll(results.peers());
            }
        }
        return measured;
    }

    /** The row's name with its version. */
    String name(String row) {
        Results.Peer peer = peers.get(row);
        return peer == null ? row : peer.name();
    }

    /** Where the row's events wait. */
    String durability(String row) {
        Results.Peer peer = peers.get(row);
        return peer == null ? "" : peer.durability();
    }

    /** What failed on this JDK. */
    List<String> failures(int jdk) {
        List<String> failures = new ArrayList<>();
        results.getOrDefault(jdk, Map.of()).values().forEach(section -> failures.addAll(section.failures()));
        return failures;
    }
}
