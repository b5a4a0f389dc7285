package dev.countersign.samples.recipes.page;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A block of code in a page.
 *
 * @param page the file, from the repository's root on
 * @param line where it begins
 * @param language what stands behind the fence, {@code -} for nothing, {@code indented} for a block without a fence
 */
record Block(String page, int line, String language, String text) {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Set<String> ELSEWHERE = Set.of("target", "src", "run", "node_modules");

    /** Every Markdown file of the repository, from its root on. */
    static List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean skipped = !directory.equals(ROOT) && (name.startsWith(".") || ELSEWHERE.contains(name));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.add(ROOT.relativize(file).toString().replace('\\', '/'));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages.stream().sorted().toList();
    }

    /** The blocks of a page, in their order. */
    static List<Block> of(String page) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(page));
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int start = i;
            if (lines.get(i).startsWith("```")) {
                String language = lines.get(i).substring(3).strip();
                do {
                    i++;
                } while (!lines.get(i).startsWith("```"));
                blocks.add(block(page, start + 1, language.isEmpty() ? "-" : language, lines.subList(start + 1, i)));
            } else if (isIndented(lines.get(i)) && (i == 0 || lines.get(i - 1).isBlank())) {
                while (i + 1 < lines.size() && isIndented(lines.get(i + 1))) {
                    i++;
                }
                blocks.add(block(page, start + 1, "indented", lines.subList(start, i + 1)));
            }
        }
        return blocks;
    }

    private static Block block(String page, int line, String language, List<String> lines) {
        return new Block(page, line, language, String.join("\n", lines).stripIndent());
    }

    private static boolean isIndented(String line) {
        return line.startsWith("    ") && !line.isBlank();
    }

    @Override
    public String toString() {
        return page + ":" + line + " (" + language + ") "
                + text.lines().findFirst().orElse("").strip();
    }
}
