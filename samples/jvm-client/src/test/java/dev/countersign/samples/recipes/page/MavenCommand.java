package dev.countersign.samples.recipes.page;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks that what a {@code mvn …} line names is there: modules, profiles, tests, properties, goals. It is not run. */
final class MavenCommand {
    private static final Pattern IN_PROSE = Pattern.compile("`(mvn [^`]+)`");
    private static final Pattern PROFILE =
            Pattern.compile("<profile>\\s*(?:<!--.*?-->\\s*)*<id>([^<]+)</id>(.*?)</profile>", Pattern.DOTALL);
    private static final Set<String> FLAGS = Set.of("-q", "-am", "-o", "-e");
    private static final Set<String> GOALS =
            Set.of("clean", "compile", "test", "package", "integration-test", "verify", "install", "spotless:apply");

    private final String line;
    private final List<String> modules = new ArrayList<>();
    private final List<String> profiles = new ArrayList<>();
    private final List<String> properties = new ArrayList<>();
    private final List<String> goals = new ArrayList<>();
    private String folder = ".";

    private MavenCommand(String line) {
        this.line = line;
        List<String> words = List.of(line.replaceAll("\\s+#.*", "").split("\\s+"));
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-pl")) {
                modules.addAll(List.of(words.get(++i).split(",")));
            } else if (word.equals("-f")) {
                folder = words.get(++i);
            } else if (word.startsWith("-P")) {
                profiles.addAll(List.of(word.substring(2).split(",")));
            } else if (word.startsWith("-D")) {
                properties.add(word.substring(2));
            } else if (!FLAGS.contains(word)) {
                goals.add(word);
            }
        }
    }

    /** Those of a page: in its blocks, and between backquotes. */
    static List<MavenCommand> of(String page) throws IOException {
        List<String> lines = new ArrayList<>(IN_PROSE.matcher(Files.readString(Block.ROOT.resolve(page)))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList());
        for (Block block : Block.of(page)) {
            block.text()
                    .lines()
                    .map(line -> line.replaceFirst("^\\$ ", ""))
                    .filter(MavenCommand::isOne)
                    .forEach(line -> lines.addAll(List.of(line.split(" && "))));
        }
        return lines.stream().filter(MavenCommand::isOne).map(MavenCommand::new).toList();
    }

    static boolean isOne(String line) {
        return line.strip().startsWith("mvn ");
    }

    /** Fails, naming it, when something that the line names is not there. */
    static void check(String line) throws IOException {
        new MavenCommand(line).check();
    }

    void check() throws IOException {
        checkProfiles();
        checkModules();
        for (String property : properties) {
            checkProperty(property);
        }
        assertTrue(GOALS.containsAll(goals), line + ": goals " + goals);
        assertTrue(!goals.isEmpty() || activeParts().contains("<defaultGoal>"), line + ": no goal");
    }

    private void checkProfiles() throws IOException {
        List<String> poms = new ArrayList<>(List.of(pom(".")));
        for (String place : places()) {
            poms.add(pom(place));
        }
        for (String profile : profiles) {
            assertTrue(poms.stream().anyMatch(pom -> hasProfile(pom, profile)), line + ": no profile " + profile);
        }
    }

    private void checkModules() throws IOException {
        for (String module : modules) {
            assertTrue(activeParts().contains("<module>" + module + "</module>"), line + ": no module " + module);
        }
    }

    /** What counts of the root's POM, given the profiles: one that is active by default does so only without another. */
    private String activeParts() throws IOException {
        String root = pom(".");
        boolean byDefault = profiles.stream().noneMatch(profile -> hasProfile(root, profile));
        return PROFILE.matcher(root).replaceAll("")
                + PROFILE.matcher(root)
                        .results()
                        .filter(one -> profiles.contains(one.group(1))
                                || (byDefault && one.group(2).contains("<activeByDefault>true")))
                        .map(one -> one.group(2))
                        .collect(Collectors.joining());
    }

    private static boolean hasProfile(String pom, String profile) {
        return PROFILE.matcher(pom).results().anyMatch(one -> one.group(1).equals(profile));
    }

    private void checkProperty(String property) throws IOException {
        String name = property.replaceFirst("=.*", "");
        if (name.equals("skipTests") || name.startsWith("surefire.")) {
            return;
        }
        boolean found = false;
        for (String place : places().isEmpty() ? reactor() : places()) {
            try (Stream<Path> files = Files.walk(Block.ROOT.resolve(place), place.equals(".") ? 1 : 20)) {
                found |= files.filter(file -> !file.toString().contains("/target/"))
                        .anyMatch(file -> name.equals("test")
                                ? file.endsWith(property.substring("test=".length()) + ".java")
                                : mentions(file, name));
            }
        }
        assertTrue(found, line + ": nothing knows " + property);
    }

    private List<String> places() {
        return folder.equals(".") ? modules : List.of(folder);
    }

    private static List<String> reactor() throws IOException {
        return Stream.concat(
                        Stream.of("."),
                        Pattern.compile("<module>([^<]+)</module>")
                                .matcher(pom("."))
                                .results()
                                .map(match -> match.group(1)))
                .toList();
    }

    private static boolean mentions(Path file, String property) {
        try {
            String name = file.toString();
            return (name.endsWith("pom.xml") || name.endsWith(".java"))
                    && Files.readString(file).contains(property);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pom(String module) throws IOException {
        Path file = Block.ROOT.resolve(module).resolve("pom.xml");
        assertTrue(Files.exists(file), module + " has no pom.xml");
        return Files.readString(file);
    }

    @Override
    public String toString() {
        return line;
    }
}
