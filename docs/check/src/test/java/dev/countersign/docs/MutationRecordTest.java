package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The record of mutations is of the code as it is: each still applies, and the page tells of each. */
class MutationRecordTest {
    private static final int LEAST = 20;

    @Test
    void everyMutation_stillApplies_toATestThatIsTaggedWithItsRow() throws IOException {
        RequirementsIndex index = RequirementsTest.ofThisRepository();
        List<Mutation> mutations = Mutation.read(Path.of("mutations.txt"));
        assertTrue(mutations.size() >= LEAST, "mutations: " + mutations.size());
        for (Mutation mutation : mutations) {
            assertNotEquals(
                    Files.readString(Repository.root().resolve(mutation.file())), mutation.applied(Repository.root()));
            assertTrue(index.isProvenBy(mutation), mutation.test() + " is not tagged " + mutation.row());
        }
    }

    @Test
    void thePage_tellsOfEach() throws IOException {
        String page = Files.readString(Repository.root().resolve("docs/mutations.md"));
        List<Mutation> mutations = Mutation.read(Path.of("mutations.txt"));
        for (Mutation mutation : mutations) {
            assertTrue(
                    page.contains(mutation.entry() + "failed with"),
                    "stale: mvn -Pmutations -pl docs/check test; without " + mutation);
        }
        assertEquals(
                mutations.size(),
                page.lines().filter(line -> line.startsWith("## ")).count(),
                "entries of the page");
    }
}
