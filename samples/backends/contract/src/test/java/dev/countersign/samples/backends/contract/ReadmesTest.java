package dev.countersign.samples.backends.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Follows each back end's README as a reader does: types its commands and compares what they print. */
class ReadmesTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);
    private static final int ANSWERS = 5;

    private record Block(String language, String text) {}

    static List<BackEndUnderTest> backEnds() {
        return BackEndUnderTest.ALL;
    }

    @ParameterizedTest
    @MethodSource("backEnds")
    @Tag("T13")
    void everyCommand_printsWhatTheReadmeSays(BackEndUnderTest backEnd, @TempDir Path work) throws Exception {
        Installed.orSkip(backEnd);
        try (Stream<Path> files = Files.list(backEnd.folder()).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Files.copy(file, work.resolve(file.getFileName()));
            }
        }
        Path built = Files.createSymbolicLink(
                work.resolve("target"), backEnd.folder().resolve("target"));
        try (Reader reader = new Reader(work)) {
            List<Block> blocks = blocksOf(backEnd.folder().resolve("README.md"));
            for (int i = 0; i < blocks.size(); i++) {
                if (blocks.get(i).language().equals("sh")) {
                    boolean answered = i + 1 < blocks.size()
                            && blocks.get(i + 1).language().equals("json");
                    reader.type(
                            blocks.get(i).text(), answered ? blocks.get(i + 1).text() : "");
                }
            }
            assertEquals(ANSWERS, reader.answers, "answers compared");
        } finally {
            Files.delete(built);
        }
    }

    static List<BackEndUnderTest> backEndsOfLines() {
        return BackEndUnderTest.ALL.stream()
                .filter(backEnd -> backEnd.format() == FileFormat.LINES)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("backEndsOfLines")
    void theRingAsLines_isWhatJqMakesOfTheOtherForm(BackEndUnderTest backEnd, @TempDir Path work) throws Exception {
        Installed.orSkip(backEnd);
        String page = Files.readString(Path.of("..", "README.md"));
        Matcher lines =
                Pattern.compile("```\n(version 3\n.*?)```", Pattern.DOTALL).matcher(page);
        Matcher jq = Pattern.compile("`(jq -r .*ring\\.json)`").matcher(page);
        assertTrue(lines.find() && jq.find(), "the page shows both");
        String secret = "sis_of-the-ring-of-lines-in-the-readme-only";
        Files.writeString(
                work.resolve("ring.json"),
                Json.text(Map.of(
                        "version",
                        3,
                        "keys",
                        List.of(
                                Ring.key("2026-11", "primary", secret),
                                Ring.key("2026-10", "retiring", secret),
                                Map.of("id", "2026-09", "status", "revoked")))));

        String made = Command.run(List.of("sh", "-c", jq.group(1)), work, "");

        assertEquals(lines.group(1).replace("sis_…", secret), made.replaceAll(" +\n", "\n"));
        Files.writeString(work.resolve("ring"), made);
        Map<String, String> settings = Map.of(
                "COUNTERSIGN_ENVIRONMENTS_PRODUCTION_RING_FILE", "ring",
                "COUNTERSIGN_ENVIRONMENTS_PRODUCTION_FORM", "hmac-v1");
        try (BackEndProcess running = BackEndProcess.launch(backEnd, work, settings)) {
            Answer health = new Browser(running.address(), new ArrayList<>()).get("/health");
            assertEquals(200, health.status());
            assertTrue(health.body().replace(" ", "").contains("\"ringVersion\":3"), health.body());
        }
    }

    /** Who types a page's commands, in their order. Every one is understood, or the test fails. */
    private static final class Reader implements AutoCloseable {
        private final Path work;
        private String start = "";
        private String logIn = "";
        private BackEndProcess running;
        private int answers;

        Reader(Path work) {
            this.work = work;
        }

        void type(String command, String shown) throws Exception {
            if (!shown.isEmpty()) {
                logIn = command.contains("/login") ? command : logIn;
                assertPrints(shown, run(command), command);
                answers++;
            } else if (command.startsWith("mkdir ")) {
                run(command);
            } else if (command.contains("production.ring")) {
                start(command);
            } else if (command.contains("@base64d")) {
                readToken(command);
            } else {
                // What mvn lines name is checked where all pages' are, in samples/jvm-client.
                assertTrue(command.startsWith("mvn "), "not understood: " + command);
            }
        }

        /** The page says that this is what the form jwt is for. */
        private void readToken(String command) throws Exception {
            running.close();
            start(start.replace("form=hmac-v1", "form=jwt"));
            run(logIn);
            Object visitor = Json.object(run(command)).get("visitor");
            assertEquals("u_1", ((Map<?, ?>) visitor).get("id"), command);
        }

        private void start(String command) throws IOException {
            start = command;
            running = BackEndProcess.start(List.of("sh", "-c", command), work, Map.of());
        }

        private String run(String command) throws Exception {
            String here = running == null
                    ? command
                    : command.replace("http://127.0.0.1:8080", running.address().toString());
            return Command.run(List.of("sh", "-c", here), work, "");
        }

        @Override
        public void close() throws InterruptedException {
            if (running != null) {
                running.close();
            }
        }
    }

    private static List<Block> blocksOf(Path readme) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(readme));
        while (block.find()) {
            blocks.add(new Block(block.group(1), block.group(2)));
        }
        return blocks;
    }

    /** The same JSON, in any order; an ellipsis stands for anything. */
    private static void assertPrints(String expected, String printed, String command) {
        assertLike(Json.object(expected.replace("\":…", "\":\"…\"")), Json.object(printed), command);
    }

    private static void assertLike(Object expected, Object actual, String command) {
        if (expected instanceof Map<?, ?> members) {
            assertEquals(members.keySet(), ((Map<?, ?>) actual).keySet(), command);
            members.forEach((name, value) -> assertLike(value, ((Map<?, ?>) actual).get(name), command));
        } else if (expected instanceof String text && text.endsWith("…")) {
            String start = text.substring(0, text.length() - 1);
            assertTrue(String.valueOf(actual).startsWith(start), command + " printed " + actual);
        } else {
            assertEquals(expected, actual, command);
        }
    }
}
