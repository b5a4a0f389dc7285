package dev.countersign.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One row of {@code docs/check/rows.txt}.
 *
 * @param id {@code R58} or {@code T12}
 * @param statement what is promised, or which trap is closed and how
 * @param mark {@code superseded}, {@code out of scope} or empty
 * @param reason the mark's reason, or empty
 */
record Requirement(String id, String statement, String mark, String reason) {
    private static final Set<String> MARKS = Set.of("superseded", "out of scope");

    /** A heading and its rows. */
    record Section(String title, List<Requirement> rows) {}

    /** Lines {@code # title} and {@code id | statement [| mark: reason]}; {@code //} begins a comment. */
    static List<Section> read(Path file) throws IOException {
        List<Section> sections = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("# ")) {
                sections.add(new Section(line.substring(2), new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("//")) {
                sections.get(sections.size() - 1).rows().add(parse(line));
            }
        }
        return sections;
    }

    private static Requirement parse(String line) {
        String[] cells = line.split(" \\| ", -1);
        if (cells.length < 2 || cells.length > 3 || !cells[0].matches("[RT][1-9][0-9]*") || cells[1].isBlank()) {
            throw new IllegalArgumentException("not \"id | statement [| mark: reason]\": " + line);
        }
        if (cells.length == 2) {
            return new Requirement(cells[0], cells[1], "", "");
        }
        int colon = cells[2].indexOf(": ");
        String mark = colon < 0 ? cells[2] : cells[2].substring(0, colon);
        if (colon < 0 || !MARKS.contains(mark) || cells[2].substring(colon + 2).isBlank()) {
            throw new IllegalArgumentException("mark is \"" + cells[2] + "\"; allowed are " + MARKS + " with a reason");
        }
        return new Requirement(cells[0], cells[1], mark, cells[2].substring(colon + 2));
    }
}
