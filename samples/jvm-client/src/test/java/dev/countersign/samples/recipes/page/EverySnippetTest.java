package dev.countersign.samples.recipes.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.server.key.KeyRingFile;
import dev.countersign.server.key.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No block of code on any page without a test that compiles, types or compares it, or a reason why there is none. */
class EverySnippetTest {
    /** Of this project's artifacts: as Gradle has them, and as Maven does. */
    private static final Pattern OWN = Pattern.compile("dev\\.countersign:([\\w-]+):([\\w.-]+)"
            + "|<groupId>dev\\.countersign</groupId><artifactId>([^<]+)</artifactId><version>([^<]+)</version>");

    static List<String> pages() throws IOException {
        return Block.pages();
    }

    @Test
    void thePages_areAllFound() throws IOException {
        assertTrue(Block.pages()
                .containsAll(
                        List.of("README.md", "CONTRIBUTING.md", "docs/recipes.md", "samples/backends/ruby/README.md")));
        assertTrue(Block.of("README.md").stream()
                .anyMatch(block ->
                        block.language().equals("indented") && block.text().equals("mvn -Pdemo")));
    }

    @ParameterizedTest
    @MethodSource("pages")
    @Tag("T13")
    void everyBlock_hasATestOrAReason(String page) throws IOException {
        List<Coverage> rows = Coverage.rows();
        for (Block block : Block.of(page)) {
            assertEquals(
                    1, rows.stream().filter(row -> row.covers(block)).count(), () -> block + ": rows in snippets.txt");
        }
    }

    @Test
    void everyRow_coversSomethingAndNamesATestThatReadsThePage() throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (String page : Block.pages()) {
            blocks.addAll(Block.of(page));
        }
        for (Coverage row : Coverage.rows()) {
            List<Block> covered = blocks.stream().filter(row::covers).toList();
            assertTrue(!covered.isEmpty(), () -> row + " covers nothing");
            if (row.how().startsWith("test ")) {
                Path test = Block.ROOT.resolve(row.how().substring("test ".length()));
                String page = row.page().substring(row.page().lastIndexOf('/') + 1);
                assertTrue(Files.exists(test), () -> row + " names no test");
                String source = Files.readString(test);
                assertTrue(
                        source.contains("Test\n") && source.contains(page), () -> row + ": that test reads no " + page);
            } else if (row.how().equals("maven")) {
                covered.forEach(block -> assertTrue(
                        block.text().lines().allMatch(line -> line.isBlank() || MavenCommand.isOne(line)),
                        () -> block + ": more than mvn"));
            } else {
                covered.forEach(block -> assertTrue(
                        row.mayIllustrate(block), () -> block + ": compile or type it, or give a reason that counts"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sh, curl -s http://127.0.0.1:8080, illustration output: it needs two servers that run",
        "console, $ admin $C/admin/environments, illustration picture: answers that others compare",
        "-, $ mvn -q package, illustration output: starts a server that stays",
        "indented, docs/check/two-builds, illustration output: which takes some minutes",
        "java, class App {}, illustration output: needs nobody to compile it",
        "xml, <dependency/>, illustration picture: a project of the reader's",
        "-, ROTATION OK, illustration: no kind is given for this one",
        "-, ROTATION OK, illustration boring: and this kind is not known",
        "sh, adb logcat, illustration device: short",
        "sh, curl -s http://127.0.0.1:8080, illustration device: which is not where it runs",
        "kotlin, val a = 1, illustration gradle: though this is no build file",
        "sh, mvn -Pbenchmarks package, illustration hours: but this page has no benchmarks"
    })
    void anIllustrationOfWhatCanBeTypedOrCompiled_isRefused(String language, String text, String how) {
        assertFalse(new Coverage("page.md", language, "", how).mayIllustrate(new Block("page.md", 1, language, text)));
    }

    @Test
    void ourOwnCoordinatesOnAllPages_areThoseOfTheModules() throws IOException {
        Set<String> own = Set.of(coordinates("sdk-server"), coordinates("sdk-android"), coordinates("sdk-server/bom"));
        int found = 0;
        for (String page : Block.pages()) {
            for (Block block : Block.of(page)) {
                for (MatchResult match :
                        OWN.matcher(squeezed(block.text())).results().toList()) {
                    String shown = match.group(1) == null
                            ? match.group(3) + ":" + match.group(4)
                            : match.group(1) + ":" + match.group(2);
                    assertTrue(own.contains(shown), () -> block + ": " + shown + " is none of " + own);
                    found++;
                }
            }
        }
        assertTrue(found >= 5, "docs/quickstart-backend.md and others show " + found);
    }

    private static String coordinates(String module) throws IOException {
        String pom = Files.readString(Block.ROOT.resolve(module).resolve("pom.xml"))
                .replaceFirst("(?s)<parent>.*?</parent>", "");
        String artifact = pom.replaceAll("(?s).*?<artifactId>([^<]+)<.*", "$1");
        String version = Files.readString(Block.ROOT.resolve("pom.xml")).replaceAll("(?s).*?<version>([^<]+)<.*", "$1");
        return artifact + ":" + version;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyMavenCommand_namesWhatIsThere(String page) throws IOException {
        for (MavenCommand command : MavenCommand.of(page)) {
            command.check();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mvn -Pnone verify",
                "mvn -pl samples/none verify",
                "mvn -Pdemo -pl samples/kill-test verify",
                "mvn -f samples/kill-test verify -Pnone",
                "mvn -pl samples/tested-app verify -Dtest=NoSuchTest",
                "mvn verify -Dno.such" + ".property=1",
                "mvn verfiy",
                "mvn -Pr8"
            })
    void aMavenCommandThatNamesWhatIsNotThere_isRefused(String line) {
        assertThrows(AssertionError.class, () -> MavenCommand.check(line));
    }

    @Test
    void theRingsOfThePages_areRead(@TempDir Path directory) throws IOException {
        for (String page : List.of("docs/migrating.md", "samples/backends/README.md")) {
            Block ring = only(page, "json");
            Path file = directory.resolve(page.replace('/', '-'));
            String text = ring.text();
            while (text.contains("sis_…")) {
                text = text.replaceFirst("sis_…", Secret.generateText());
            }
            Files.writeString(file, text);
            assertEquals("2026-11", KeyRingFile.read(file).primary().id(), page);
        }
    }

    @Test
    void theTestKitsDependencies_areThoseOfTheSampleThatUsesThem() throws IOException {
        String shown = squeezed(only("docs/testing.md", "xml").text());
        String root = Files.readString(Block.ROOT.resolve("pom.xml"));
        String okhttp = root.replaceAll("(?s).*<okhttp.version>([^<]+)<.*", "$1");
        String own = root.replaceAll("(?s).*?<version>([^<]+)<.*", "$1");
        String used = squeezed(Files.readString(Block.ROOT.resolve("samples/tested-app/pom.xml")));
        for (String dependency : dependencies(shown)) {
            String version = dependency.contains("okhttp3") ? okhttp : own;
            assertTrue(dependency.contains("<version>" + version + "</version>"), dependency);
            String[] managed = dependency
                    .replaceFirst("<version>.*?</version>", "")
                    .replaceAll("</?dependency>", "")
                    .split("(?<=>)(?=<[a-z])");
            assertTrue(
                    dependencies(used).stream()
                            .anyMatch(one -> Stream.of(managed).allMatch(one::contains)),
                    dependency);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"samples/android-app/README.md", "docs/quickstart-android.md"})
    void theManifestsPermissions_areThoseOfTheSample(String page) throws IOException {
        String manifest = Files.readString(Block.ROOT.resolve("samples/android-app/src/main/AndroidManifest.xml"));
        List<String> permissions = only(page, "xml")
                .text()
                .lines()
                .filter(line -> line.startsWith("<uses-permission"))
                .toList();
        assertEquals(2, permissions.size());
        permissions.forEach(permission -> assertTrue(manifest.contains(permission), permission));
    }

    private static List<String> dependencies(String squeezed) {
        return Pattern.compile("<dependency>.*?</dependency>")
                .matcher(squeezed)
                .results()
                .map(match -> match.group())
                .toList();
    }

    private static String squeezed(String xml) {
        return xml.replaceAll("<!--.*?-->", "").replaceAll("\\s+", "");
    }

    private static Block only(String page, String language) throws IOException {
        List<Block> found = Block.of(page).stream()
                .filter(block -> block.language().equals(language))
                .toList();
        assertEquals(1, found.size(), page + " " + language);
        return found.get(0);
    }
}
