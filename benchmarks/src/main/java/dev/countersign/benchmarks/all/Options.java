package dev.countersign.benchmarks.all;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is run.
 *
 * @param page to write
 * @param runs of each section
 * @param sections which are run
 * @param add whether the runs join those that are there, instead of taking their place
 * @param rows a regular expression of the rows of signing and verifying
 * @param peers of the client, separated by commas, or {@code all}
 * @param trials of the client, separated by commas, or {@code all}
 * @param results where the figures are kept
 */
record Options(
        Path page,
        int runs,
        List<Section> sections,
        boolean add,
        String rows,
        String peers,
        String trials,
        Path results) {

    static Options parse(All.Form form, String[] args) throws Exception {
        if (args.length == 0) {
            throw new IllegalArgumentException("which page?");
        }
        boolean isShort = form == All.Form.SHORT;
        Map<String, String> given = new HashMap<>(Map.of(
                "runs", isShort ? "1" : "5",
                "sections",
                        isShort ? "signing,verifying,client,collector" : "signing,verifying,client,outage,collector",
                "rows", isShort ? "\\.(limit|countersign|macReused|fusionauthJwt)$" : "",
                "peers", "all",
                "trials", isShort ? "all" : "caller,throughput,kept,start,full",
                "results",
                        (isShort
                                        ? Commands.home().resolve("results-short")
                                        : Commands.home().resolveSibling("results"))
                                .toString()));
        boolean add = false;
        for (String arg : Arrays.asList(args).subList(1, args.length)) {
            String[] parts = arg.split("=", 2);
            boolean known = parts.length == 2 ? given.replace(parts[0], parts[1]) != null : arg.equals("add");
            if (!known) {
                throw new IllegalArgumentException("no option " + arg + "; there are " + given.keySet() + " and add");
            }
            add |= arg.equals("add");
        }
        List<Section> sections = Arrays.stream(get(given, "sections").split(",", -1))
                .map(name -> Section.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
        return new Options(
                Path.of(args[0]),
                Integer.parseInt(get(given, "runs")),
                sections,
                add,
                get(given, "rows"),
                get(given, "peers"),
                get(given, "trials"),
                Path.of(get(given, "results")));
    }

    /** The tables that a run of the section measures. */
    List<String> tables(Section section) {
        if (section != Section.CLIENT || trials.equals("all")) {
            return section.tables;
        }
        List<String> chosen = Arrays.asList(trials.split(",", -1));
        return section.tables.stream()
                .filter(table -> chosen.contains(table.split(" ", -1)[0]))
                .toList();
    }

    private static String get(Map<String, String> given, String name) {
        return given.getOrDefault(name, "");
    }
}
