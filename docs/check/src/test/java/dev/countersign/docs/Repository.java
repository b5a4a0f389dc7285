package dev.countersign.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The files of the repository as they are on disk, without what builds leave, or readers in {@code run}. */
final class Repository {
    private static final Set<String> LEFT_OUT = Set.of(".git", ".idea", ".vscode", "target", "node_modules", "run");

    private Repository() {}

    /** The root folder; Maven runs tests in the module's. */
    static Path root() {
        return Path.of("../..").toAbsolutePath().normalize();
    }

    /** Sorted by path, so that what is made of them does not change from machine to machine. */
    static List<Path> files(Path root, Predicate<Path> wanted) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skipped = LEFT_OUT.contains(folder.getFileName().toString()) && !folder.equals(root);
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (wanted.test(root.relativize(file))) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }
}
