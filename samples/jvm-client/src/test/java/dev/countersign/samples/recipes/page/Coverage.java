package dev.countersign.samples.recipes.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of snippets.txt: what makes sure that a page's blocks work.
 *
 * @param page a file or a glob, from the repository's root on
 * @param language see {@link Block#language}
 * @param start how the block begins; empty for all of that language
 * @param how {@code test <file>}, {@code maven}, or {@code illustration <kind>: <reason>}
 */
record Coverage(String page, String language, String start, String how) {
    /** What is code and cannot be proven here: of each kind, the blocks that may say so. */
    private static final Map<String, Predicate<Block>> CODE = Map.of(
            "device", // needs a phone or an emulator
            block -> block.text().lines().allMatch(line -> line.startsWith("adb ")),
            "gradle", // a part of a build that is not Maven's
            block -> block.text().startsWith("// build.gradle.kts"),
            "hours", // a measurement; CI runs its short form
            block -> block.page().startsWith("benchmarks/"));

    /** What is only looked at: output, different each time, and pictures of parts and arrows. */
    private static final Set<String> LOOKED_AT = Set.of("output", "picture");

    private static final Pattern ILLUSTRATION = Pattern.compile("illustration (\\w+): .{20,}");
    private static final Pattern TYPED = Pattern.compile("^(\\$ |mvn |java |docs/|\\w+=\\S* )", Pattern.MULTILINE);

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

    /** Whether it is an illustration, and of a kind that the block may be. */
    boolean mayIllustrate(Block block) {
        Matcher reason = ILLUSTRATION.matcher(how);
        return reason.matches()
                && (CODE.getOrDefault(reason.group(1), any -> false).test(block)
                        || (LOOKED_AT.contains(reason.group(1)) && !isCode(block)));
    }

    private static boolean isCode(Block block) {
        boolean plain = block.language().equals("-") || block.language().equals("indented");
        return plain ? TYPED.matcher(block.text()).find() : !block.language().equals("json");
    }

    boolean covers(Block block) {
        return FileSystems.getDefault().getPathMatcher("glob:" + page).matches(Path.of(block.page()))
                && block.language().equals(language)
                && block.text().strip().startsWith(start);
    }
}
