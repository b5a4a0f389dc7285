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
        List<Block> blocks = blocksOf(backEnd.folder().resolve("README.md"));
        BackEndProcess running = null;
        int answers = 0;
        try {
            for (int i = 0; i < blocks.size(); i++) {
                Block block = blocks.get(i);
                boolean answered =
                        i + 1 < blocks.size() && blocks.get(i + 1).language().equals("json");
                if (!block.language().equals("sh") || block.text().startsWith("mvn ")) {
                    continue;
                } else if (block.text().startsWith("mkdir ")) {
                    Command.run(List.of("sh", "-c", block.text()), work, "");
                } else if (block.text().contains("production.ring") && !answered) {
                    running = BackEndProcess.start(List.of("sh", "-c", block.text()), work, Map.of());
                } else if (answered) {
                    String command = block.text()
                            .replace("http://127.0.0.1:8080", running.address().toString());
                    assertPrints(
                            blocks.get(i + 1).text(), Command.run(List.of("sh", "-c", command), work, ""), command);
                    answers++;
                }
            }
        } finally {
            Files.delete(built);
            if (running != null) {
                running.close();
            }
        }
        assertEquals(ANSWERS, answers, "answers compared");
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
