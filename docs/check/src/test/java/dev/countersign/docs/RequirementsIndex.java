package dev.countersign.docs;

import dev.countersign.docs.TaggedTests.Tagged;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows beside the tests that are tagged with them: what is wrong, and the page. */
final class RequirementsIndex {
    private static final int PROMISES = 88;
    private static final int TRAPS = 36;

    private final List<Requirement.Section> sections;
    private final TaggedTests.Scan scan;
    private final Map<String, List<Tagged>> testsOf;

    RequirementsIndex(List<Requirement.Section> sections, TaggedTests.Scan scan) {
        this.sections = sections;
        this.scan = scan;
        testsOf = scan.tags().stream().collect(Collectors.groupingBy(Tagged::row));
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>(scan.problems());
        Set<String> known = new LinkedHashSet<>();
        for (Requirement row : rows()) {
            if (!known.add(row.id())) {
                problems.add(row.id() + " stands twice in rows.txt");
            }
            if (row.mark().isEmpty() && !testsOf.containsKey(row.id())) {
                problems.add(row.id() + " has neither a test nor a mark: " + row.statement());
            }
        }
        for (int i = 1; i <= PROMISES; i++) {
            missing("R" + i, known, problems);
        }
        for (int i = 1; i <= TRAPS; i++) {
            missing("T" + i, known, problems);
        }
        for (Tagged tagged : scan.tags()) {
            if (!known.contains(tagged.row())) {
                problems.add(tagged.name() + " is tagged " + tagged.row() + ", which is no row: " + tagged.file());
            }
        }
        return problems;
    }

    private static void missing(String id, Set<String> known, List<String> problems) {
        if (!known.contains(id)) {
            problems.add(id + " is missing in rows.txt");
        }
    }

    /**
     * Whether the mutation's test is tagged with its row. A class alone stands for any test in it; a method may be
     * inherited from another class of its module.
     */
    boolean isProvenBy(Mutation mutation) {
        return testsOf.getOrDefault(mutation.row(), List.of()).stream()
                .filter(tagged -> tagged.file().startsWith(mutation.module() + "/"))
                .anyMatch(
                        tagged -> tagged.method().isEmpty() || mutation.method().isEmpty()
                                ? tagged.type().equals(mutation.type())
                                : tagged.method().equals(mutation.method()));
    }

    String page() {
        StringBuilder page = new StringBuilder();
        long tested =
                rows().stream().filter(row -> testsOf.containsKey(row.id())).count();
        long marked = rows().stream().filter(row -> !row.mark().isEmpty()).count();
        long onlyMarked = rows().size() - tested;
        page.append("""
                # Requirements

                <!-- Written by docs/check from rows.txt and the tests' tags: do not edit. -->
                What the identity systems of four vendors promise (R1 to R88), what is wrong with them (T1 to T36), and the
                tests of this repository that prove each here. The list is generated from the tests' tags, `@Tag("R58")`. The
                build fails when a row has neither a test nor a mark with its reason, when a tag names no row or tags no
                test, and when this page is not what the tags say. To write it anew:

                    mvn -pl docs/check test -Ddocs.write

                """);
        page.append(
                "%d rows: %d with a test, %d with a mark, of which %d have a mark alone. *Superseded*: the design here differs,\n"
                        .formatted(rows().size(), tested, marked, onlyMarked));
        page.append(
                "for the reason given. [Twenty mutations](mutations.md) show that such tests fail when the code is wrong.\n");
        for (Requirement.Section section : sections) {
            page.append("\n## ").append(section.title()).append("\n\n| | | proven by |\n|---|---|---|\n");
            for (Requirement row : section.rows()) {
                page.append("| <a id=\"%s\"></a>%s | %s | %s |\n"
                        .formatted(row.id().toLowerCase(java.util.Locale.ROOT), row.id(), row.statement(), proof(row)));
            }
        }
        return page.toString();
    }

    private String proof(Requirement row) {
        List<String> lines = new ArrayList<>();
        if (!row.mark().isEmpty()) {
            lines.add("*" + row.mark() + "*: " + row.reason());
        }
        for (Tagged tagged : testsOf.getOrDefault(row.id(), List.of())) {
            String method = tagged.method().isEmpty() ? "" : " " + tagged.method();
            lines.add("[%s](../%s)%s".formatted(tagged.type(), tagged.file(), method));
        }
        return String.join("<br>", lines);
    }

    private List<Requirement> rows() {
        return sections.stream().flatMap(section -> section.rows().stream()).toList();
    }
}
