package dev.countersign.samples.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Types this sample's README into one shell: every recipe's main runs, the app's against the real collector. */
@Timeout(600)
class ReadmeTranscriptTest {
    private static final Pattern TRANSCRIPT = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);

    @Test
    @Tag("R58")
    @Tag("R78")
    void theTranscriptsAreTyped_theRecipesAnswerAsTheyShow() throws Exception {
        Programs.require("bash", "openssl", "cut");
        List<String> lines = TRANSCRIPT
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .flatMap(match -> match.group(1).lines())
                .toList();
        List<String> shown =
                lines.stream().filter(line -> !line.startsWith("$ ")).toList();
        String typed = lines.stream()
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"));
        List<String> printed = Programs.run(Path.of("../.."), "", "bash", "-u", "-c", typed)
                .lines()
                .toList();
        for (int i = 0; i < Math.min(shown.size(), printed.size()); i++) {
            if (!pattern(shown.get(i)).matcher(printed.get(i)).matches()) {
                assertEquals(shown.get(i), printed.get(i), "line " + (i + 1) + " of the answers");
            }
        }
        assertEquals(shown.size(), printed.size(), () -> String.join("\n", printed));
    }

    private static Pattern pattern(String shown) {
        return Pattern.compile(Pattern.quote(shown).replace("…", "\\E\\S+\\Q"));
    }
}
