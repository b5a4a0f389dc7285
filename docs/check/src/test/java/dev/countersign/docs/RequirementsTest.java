package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsTest {
    private static final Path PAGE = Repository.root().resolve("docs/requirements.md");

    @TempDir
    Path folder;

    static RequirementsIndex ofThisRepository() throws IOException {
        return new RequirementsIndex(Requirement.read(Path.of("rows.txt")), TaggedTests.scan(Repository.root()));
    }

    @Test
    void everyRow_hasATestOrAMark_andEveryTagARow() throws IOException {
        assertEquals("", String.join("\n", ofThisRepository().problems()));
    }

    @Test
    void thePage_isWhatRowsAndTagsSay() throws IOException {
        String page = ofThisRepository().page();
        if (System.getProperty("docs.write") != null) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "stale: mvn -pl docs/check test -Ddocs.write");
    }

    @Test
    void theOnlyTestOfARowIsDeleted_theRowIsNamed() throws IOException {
        assertEquals(List.of(), problems(ALL_ROWS, all(124)));
        assertEquals(List.of("T36 has neither a test nor a mark: s"), problems(ALL_ROWS, all(123)));
        assertEquals(List.of(), problems(ALL_ROWS.replace("T36 | s", "T36 | s | out of scope: because"), all(123)));
    }

    @Test
    void aTagNamesNoRow_itIsNamed() throws IOException {
        assertEquals(
                List.of("ATest.a is tagged R89, which is no row: m/src/test/java/ATest.java"),
                problems(ALL_ROWS, all(124) + "@Test @Tag(\"R89\") void a() {}"));
    }

    @Test
    void aTagProvesNothing_itIsNamed() throws IOException {
        assertEquals(
                List.of(
                        "ATest.a is tagged R1 and is no test: m/src/test/java/ATest.java",
                        "ATest.b is tagged R1 and disabled: m/src/test/java/ATest.java"),
                problems(ALL_ROWS, all(124) + "@Tag(\"R1\") void a() {} @Test @Disabled @Tag(\"R1\") void b() {}"));
    }

    @Test
    void tagsOfClassesNestedOnesAndLists_areRead() throws IOException {
        Files.createDirectories(folder.resolve("m/src/test/java"));
        Files.writeString(folder.resolve("m/src/test/java/ATest.java"), """
                @Tag("R1") interface ATest {
                    @ParameterizedTest default void x() {}
                    class Inner { @Property @Tags({@Tag("T2"), @org.junit.jupiter.api.Tag("slow")}) void y() {} }
                    String NO_TAG = "@Tag(\\"R3\\")"; // @Tag("R4")
                }
                """);
        assertEquals(
                List.of("R1 ATest", "T2 ATest.Inner.y"),
                TaggedTests.scan(folder).tags().stream()
                        .map(tagged -> tagged.row() + " " + tagged.name())
                        .toList());
    }

    @Test
    void aMarkWithoutAReasonOrOfAnotherKind_isRefused() throws IOException {
        for (String line :
                List.of("R1 | s | superseded", "R1 | s | superseded: ", "R1 | s | later: x", "R1", "X1 | s")) {
            Path file = Files.writeString(folder.resolve("rows"), "# t\n" + line + "\n");
            assertThrows(IllegalArgumentException.class, () -> Requirement.read(file), line);
        }
    }

    @Test
    void aRowIsMissingOrThereTwice_itIsNamed() throws IOException {
        assertEquals(List.of("R7 is missing in rows.txt"), problems(ALL_ROWS.replace("R7 | s\n", ""), all(124, 7)));
        assertEquals(List.of("R7 stands twice in rows.txt"), problems(ALL_ROWS + "R7 | s\n", all(124)));
    }

    @Test
    void thePageOfTheSample_listsTestsAndMarks() throws IOException {
        String page = index(ALL_ROWS.replace("R2 | s", "R2 | s | superseded: other"), all(1))
                .page();
        assertTrue(page.contains("| s | [ATest](../m/src/test/java/ATest.java) t0 |\n"), page);
        assertTrue(page.contains("| s | *superseded*: other |\n"), page);
        assertTrue(page.contains("124 rows: 1 with a test, 1 with a mark"), page);
    }

    private static final List<String> IDS = ids();
    private static final String ALL_ROWS =
            "# t\n" + IDS.stream().map(id -> id + " | s\n").collect(Collectors.joining());

    private static List<String> ids() {
        List<String> ids = new ArrayList<>();
        IntStream.rangeClosed(1, 88).forEach(i -> ids.add("R" + i));
        IntStream.rangeClosed(1, 36).forEach(i -> ids.add("T" + i));
        return ids;
    }

    /** Tests of the first so many rows, without some. */
    private static String all(int count, Integer... without) {
        return IntStream.range(0, count)
                .filter(i -> !List.of(without).contains(i + 1))
                .mapToObj(i -> "@Test @Tag(\"" + IDS.get(i) + "\") void t" + i + "() {}\n")
                .collect(Collectors.joining());
    }

    private List<String> problems(String rows, String tests) throws IOException {
        return index(rows, tests).problems();
    }

    private RequirementsIndex index(String rows, String tests) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("m/src/test/java"));
        Files.writeString(sources.resolve("ATest.java"), "class ATest {\n" + tests + "\n}\n");
        return new RequirementsIndex(
                Requirement.read(Files.writeString(folder.resolve("rows"), rows)), TaggedTests.scan(folder));
    }
}
