package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks the production code on purpose, one mistake after the other, in a copy of the repository, and runs the test
 * that is said to prove the row: it must pass before and fail afterwards. Writes docs/mutations.md. Takes minutes:
 * {@code mvn -Pmutations -pl docs/check test}; {@code -Dmutations=R2,T31} runs some. What came of each is kept in target, so
 * that the page is written once all have been run.
 */
@Tag("mutations")
class MutationsTest {
    private static final Path TREE = Path.of("target/mutations").toAbsolutePath();
    private static final Path OUTCOMES = Path.of("target/mutation-outcomes");

    static List<Mutation> mutations() throws IOException {
        String some = System.getProperty("mutations");
        return Mutation.read(Path.of("mutations.txt")).stream()
                .filter(mutation -> some == null || List.of(some.split(",")).contains(mutation.row()))
                .toList();
    }

    /** Copies what changed only, so that a second run compiles little. */
    @BeforeAll
    static void copy() throws IOException {
        for (Path file : Repository.files(Repository.root(), path -> true)) {
            Path copy = TREE.resolve(Repository.root().relativize(file));
            Files.createDirectories(copy.getParent());
            if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                // Newer than its class, which may be of what a killed run had broken.
                Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void theCodeIsWrong_theTaggedTestFails(Mutation mutation) throws Exception {
        SurefireReport before = run(mutation);
        assertEquals("", before.failure(), "before");
        assertNotEquals(0, before.passed(), "tests that passed before");
        Path file = TREE.resolve(mutation.file());
        String right = Files.readString(file);
        Files.writeString(file, mutation.applied(TREE));
        try {
            String failure = run(mutation).failure();
            assertNotEquals("", failure, "nothing noticed that " + mutation.what());
            Files.createDirectories(OUTCOMES);
            Files.writeString(outcomeOf(mutation), failure);
        } finally {
            Files.writeString(file, right);
        }
    }

    @AfterAll
    static void write() throws IOException {
        StringBuilder entries = new StringBuilder();
        for (Mutation mutation : Mutation.read(Path.of("mutations.txt"))) {
            if (!Files.exists(outcomeOf(mutation))) {
                return;
            }
            entries.append(mutation.entry()).append("failed with `" + Files.readString(outcomeOf(mutation)) + "`\n\n");
        }
        Files.writeString(
                Repository.root().resolve("docs/mutations.md"),
                """
                # Mutations

                <!-- Written by docs/check: do not edit. -->
                Does a test that [claims a requirement](requirements.md) notice when the code breaks it? For some rows of every
                module the code was broken on purpose and the test run: it passed before and failed afterwards. The build checks
                that every change below still applies and that its test is still tagged with the row. To do it all again:

                    mvn -Pmutations -pl docs/check test

                """ + entries.toString().stripTrailing() + "\n");
    }

    /** Named by the whole entry: what came of an older one is not what comes of this one. */
    private static Path outcomeOf(Mutation mutation) {
        return OUTCOMES.resolve(
                mutation.row() + "-" + Integer.toHexString(mutation.entry().hashCode()));
    }

    private static SurefireReport run(Mutation mutation) throws IOException, InterruptedException {
        Path reports = TREE.resolve(mutation.module()).resolve("target/surefire-reports");
        SurefireReport.deleteAll(reports, mutation.type());
        // The back ends are started from their packaged jars; for all others the classes will do.
        String phase = mutation.module().equals("samples/backends/contract") ? "verify" : "test";
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("mutations.maven"), "bin/mvn").toString(),
                "-o",
                "-B",
                "-Dmaven.repo.local=" + System.getProperty("mutations.repository"),
                "-Dspotless.check.skip",
                "-Denforcer.skip",
                // Only what was broken is compiled anew, not all that could depend on it.
                "-Dmaven.compiler.useIncrementalCompilation=false",
                "-Dmaven.javadoc.skip",
                "-Dmaven.source.skip",
                "-Dsurefire.failIfNoSpecifiedTests=false",
                "-Dtest=" + mutation.test(),
                "-pl",
                mutation.module(),
                "-am",
                phase));
        Path log = TREE.resolveSibling("mutation.log");
        int status = new ProcessBuilder(command)
                .directory(TREE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        SurefireReport report = SurefireReport.read(reports, mutation.type(), mutation.method());
        if (report.passed() == 0 && report.failure().isEmpty()) {
            throw new AssertionError("no test ran, status " + status + ":\n" + Files.readString(log));
        }
        return report;
    }
}
