package dev.countersign.samples.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Types the transcripts of a page into one shell and compares, line by line, what it prints with what the page shows.
 * An ellipsis in the page stands for what differs from run to run: a proof, a secret, a time.
 */
@Timeout(300)
class TranscriptsTest {
    private static final Pattern TRANSCRIPT = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "../../docs/keys-and-rotation.md"})
    @Tag("R84")
    @Tag("T13")
    void theTranscriptsAreTyped_theProgramAnswersAsTheyShow(String page) throws Exception {
        Program.require("bash");
        String transcripts = TRANSCRIPT
                .matcher(Files.readString(Path.of(page)))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining());
        List<String> shown =
                transcripts.lines().filter(line -> !line.matches("[$>] .*")).toList();
        String typed = transcripts
                .lines()
                .filter(line -> line.matches("[$>] .*"))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"));
        assertTrue(shown.size() >= 20, "the page shows answers");
        List<String> printed = run(typed).lines().toList();
        for (int i = 0; i < Math.min(shown.size(), printed.size()); i++) {
            if (!pattern(shown.get(i)).matcher(printed.get(i)).matches()) {
                assertEquals(shown.get(i), printed.get(i), "line " + (i + 1) + " of the answers");
            }
        }
        assertEquals(String.join("\n", shown), String.join("\n", printed.size() == shown.size() ? shown : printed));
    }

    private static Pattern pattern(String shown) {
        return Pattern.compile(Pattern.quote(shown).replace("…", "\\E\\S+\\Q"));
    }

    private String run(String script) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("bash", "-u", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        shell.environment().put("PATH", Program.LAUNCHER.getParent() + ":" + System.getenv("PATH"));
        // The vectors' secret, so that the proof on the page is the vectors' own.
        shell.environment().put("IDENTITY_SECRET", "0f8fad5b-d9cd-469f-a165-70867728950e");
        Process process = shell.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }
}
