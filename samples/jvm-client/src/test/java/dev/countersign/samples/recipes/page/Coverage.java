package dev.countersign.samples.recipes.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of snippets.txt: what makes sure that a page's blocks work.
 *
 * @param page a file or a glob, from the repository's root on
 * @param language see {@link Block#language}
 * @param start how the block begins; empty for all of that language
 * @param how {@code test <file>}, {@code maven}, or {@code illustration: <reason>}
 */
record Coverage(String page, String language, String start, String how) {
    private static final Path FILE = Path.of("src/test/resources/snippets.txt");

    static List<Coverage> rows() throws IOException {
        List<Coverage> rows = new ArrayList<>();
        for (String line : Files.readAllLines(FILE)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] cells = line.split(" \\| ", 3);
                assertEquals(3, cells.length, line);
                String[] kind = cells[1].strip().split(" ", 2);
                rows.add(new Coverage(cells[0].strip(), kind[0], kind.length > 1 ? kind[1] : "", cells[2].strip()));
            }
        }
        return rows;
    }

    boolean covers(Block block) {
        return FileSystems.getDefault().getPathMatcher("glob:" + page).matches(Path.of(block.page()))
                && block.language().equals(language)
                && block.text().strip().startsWith(start);
    }
}
