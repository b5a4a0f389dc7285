package dev.countersign.samples.recipes.page;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Stands in for the {@code mvn … -pl … -am package} and {@code install} of a page, which are what the build around this
 * test has just done: their jars have to be there, and installing puts them into a local repository of the test's own.
 * Any other {@code mvn} that is typed is Maven itself, with that repository.
 */
final class BuiltModules {
    private static final Map<String, String> ARTIFACTS = Map.of(
            "sdk-android", "countersign-android",
            "sdk-server", "countersign-server");

    private final Path repository;

    /**
     * Makes the repository: what this build has downloaded, and none of its own artifacts.
     *
     * @param repository an empty folder
     */
    BuiltModules(Path repository) throws IOException {
        this.repository = repository;
        Path downloaded =
                Path.of(System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository"));
        linkAll(downloaded, repository, "dev");
        if (Files.isDirectory(downloaded.resolve("dev"))) {
            linkAll(downloaded.resolve("dev"), Files.createDirectory(repository.resolve("dev")), "countersign");
        }
    }

    private static void linkAll(Path from, Path to, String except) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                if (!entry.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
    }

    /** What a shell is told before the page is typed. */
    String shellFunction() {
        return """
                mvn() {
                  case " $* " in
                    *" -am package "|*" -am install "|*" -am -DskipTests package ") ;;
                    *) command mvn -Dmaven.repo.local='%s' "$@" ;;
                  esac
                }""".formatted(repository);
    }

    /** Checks the {@code mvn} lines of a block that the function above does not run, and installs where they do. */
    void build(String block) throws IOException {
        for (String line :
                block.lines().map(one -> one.replaceFirst("^\\$ ", "")).toList()) {
            if (line.startsWith("mvn ") && line.contains(" -am ")) {
                MavenCommand.check(line);
                for (String module : line.replaceFirst(".*-pl (\\S+) .*", "$1").split(",")) {
                    assertTrue(!jars(module).isEmpty(), line + ": no jar of " + module + "; package it first");
                    if (line.endsWith(" install")) {
                        install(module);
                    }
                }
            }
        }
    }

    private static List<Path> jars(String module) throws IOException {
        Path target = Block.ROOT.resolve(module).resolve("target");
        if (!Files.isDirectory(target)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private void install(String module) throws IOException {
        String version = Files.readString(Block.ROOT.resolve("pom.xml")).replaceAll("(?s).*?<version>([^<]+)<.*", "$1");
        copy(Block.ROOT.resolve("pom.xml"), "countersign-parent", version, ".pom");
        copy(Block.ROOT.resolve(module).resolve("pom.xml"), ARTIFACTS.get(module), version, ".pom");
        String jar = ARTIFACTS.get(module) + "-" + version + ".jar";
        copy(Block.ROOT.resolve(module).resolve("target").resolve(jar), ARTIFACTS.get(module), version, ".jar");
    }

    private void copy(Path file, String artifact, String version, String ending) throws IOException {
        Path folder = repository.resolve("dev/countersign").resolve(artifact).resolve(version);
        Files.createDirectories(folder);
        Files.copy(file, folder.resolve(artifact + "-" + version + ending));
    }
}
