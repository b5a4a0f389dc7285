package dev.countersign.samples.recipes.page;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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

    /** Makes Maven take what this build has downloaded from there, and the rest from where it takes all. */
    private static final Path SETTINGS = Block.ROOT.resolve("samples/consumers/settings.xml");

    private final Path repository;
    private final Path settings;

    /**
     * For one shell. The repository stays in {@code target}, for what Maven Central has to be asked for only once.
     *
     * @param directory where Maven's settings may be
     */
    BuiltModules(Path directory) throws IOException {
        String home = System.getProperty("user.home");
        Path downloaded = Path.of(System.getProperty("localRepository", home + "/.m2/repository"));
        repository = Files.createDirectories(Path.of("target/repository")).toAbsolutePath();
        forget(repository.resolve("dev/countersign"));
        settings = directory.resolve("settings.xml");
        String text = Files.readString(SETTINGS);
        Files.writeString(
                settings,
                text.replace("@localRepositoryUrl@", downloaded.toUri().toString()));
    }

    private static void forget(Path installed) throws IOException {
        if (Files.exists(installed)) {
            try (Stream<Path> files = Files.walk(installed)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
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
                    *) command mvn -gs '%s' -Dmaven.repo.local='%s' "$@" ;;
                  esac
                }""".formatted(settings, repository);
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
