package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Types the line of docs/releasing.md that compares two builds, in a small repository and with a Maven that writes what it
 * is told to: which differences the comparison finds. The two real builds take minutes and are a step of a release.
 */
@Timeout(60)
class TwoBuildsTest {
    private static final String LINE = "docs/check/two-builds";
    private static final List<String> ARTIFACTS = List.of(
            "sdk-server/target/server.jar",
            "sdk-server/target/server-sources.jar",
            "sdk-server/target/server-javadoc.jar",
            "sdk-server/target/bom.json",
            "sdk-android/target/android.jar",
            "sdk-android/target/android-sources.jar",
            "sdk-android/target/android-javadoc.jar",
            "sdk-android/target/android-testkit.jar",
            "sdk-android/target/android.aar");

    private record Printed(int status, String text) {}

    @TempDir
    Path root;

    @BeforeEach
    void makeRepository() throws Exception {
        Stream.of("bash", "git", "tar", "cmp", "sha256sum").forEach(TwoBuildsTest::require);
        Files.createDirectories(root.resolve("docs/check"));
        Files.copy(Repository.root().resolve(LINE), root.resolve(LINE));
        root.resolve(LINE).toFile().setExecutable(true);
        Files.createDirectories(root.resolve("sdk-server/bom"));
        Files.writeString(root.resolve("sdk-server/bom/pom.xml"), "<project/>");
        Files.writeString(root.resolve(".gitignore"), "target/\nbin/\n");
        assertEquals(0, run("git init -q", "").status());
    }

    private static void require(String program) {
        boolean present = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        String missing = program + " is not installed: two builds cannot be compared";
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(present, missing);
        }
        if (!present) {
            System.out.println("skipped: " + missing);
        }
        Assumptions.assumeTrue(present, missing);
    }

    /** What takes Maven's place: prints its arguments and writes the artifacts, then does what the test wants. */
    private Printed typed(String thenDoes) throws Exception {
        String page = Files.readString(Repository.root().resolve("docs/releasing.md"));
        assertTrue(page.contains("\n    " + LINE + "\n"), "docs/releasing.md shows the line");
        String writes = String.join(" ", ARTIFACTS);
        Files.createDirectories(root.resolve("bin"));
        Files.writeString(root.resolve("bin/mvn"), """
                #!/bin/sh
                echo "mvn $*"
                for file in %s; do mkdir -p "$(dirname $file)"; echo "$file" > "$file"; done
                %s
                """.formatted(writes, thenDoes));
        root.resolve("bin/mvn").toFile().setExecutable(true);
        return run(LINE + " --settings any.xml", root.resolve("bin") + ":");
    }

    private Printed run(String line, String path) throws IOException, InterruptedException {
        ProcessBuilder shell =
                new ProcessBuilder("bash", "-c", line).directory(root.toFile()).redirectErrorStream(true);
        shell.environment().put("PATH", path + System.getenv("PATH"));
        Process process = shell.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Printed(process.waitFor(), text);
    }

    @Test
    void twoBuildsThatAreAlike_succeed_andEachIsAskedForWhatIsPublished() throws Exception {
        Printed printed = typed("");
        assertEquals(0, printed.status(), printed.text());
        assertTrue(printed.text().endsWith("10 artifacts, 0 differ\n"), printed.text());
        String asked = "mvn -q -B --settings any.xml -Prelease -pl sdk-server,sdk-android,sdk-server/bom"
                + " -Duser.language=%s -DskipTests package\n";
        assertTrue(printed.text().contains(asked.formatted("en")), printed.text());
        assertTrue(printed.text().contains(asked.formatted("de")), printed.text());
    }

    @Test
    void aJarThatDependsOnTheTimeZone_isNamed() throws Exception {
        Printed printed = typed("echo $TZ >> sdk-android/target/android.aar");
        assertEquals(1, printed.status(), printed.text());
        assertTrue(printed.text().contains("DIFFERENT sdk-android/target/android.aar\n"), printed.text());
        assertTrue(printed.text().endsWith("10 artifacts, 1 differ\n"), printed.text());
    }

    @Test
    void aJarThatDependsOnItsFolder_isNamed() throws Exception {
        Printed printed = typed("pwd >> sdk-server/target/server.jar");
        assertEquals(1, printed.status(), printed.text());
        assertTrue(printed.text().contains("DIFFERENT sdk-server/target/server.jar\n"), printed.text());
    }

    @Test
    void anArtifactThatIsMissing_fails() throws Exception {
        assertNotEquals(0, typed("rm sdk-server/target/bom.json").status());
        Printed second = typed("[ \"$TZ\" = UTC ] || rm sdk-server/target/bom.json");
        assertNotEquals(0, second.status());
        assertTrue(second.text().contains("DIFFERENT sdk-server/target/bom.json\n"), second.text());
    }

    @Test
    void aBuildThatFails_failsAtOnce() throws Exception {
        Printed printed = typed("exit 1");
        assertEquals(1, printed.status());
        assertEquals(
                1,
                printed.text().lines().filter(line -> line.startsWith("mvn ")).count(),
                printed.text());
    }
}
