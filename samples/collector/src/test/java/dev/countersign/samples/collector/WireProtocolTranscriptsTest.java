package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Types the transcripts of docs/wire-protocol.md into one shell and compares what it prints with what they show. */
class WireProtocolTranscriptsTest extends CollectorTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "wire-protocol.md");
    private static final Pattern TRANSCRIPT = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);

    @Test
    @Tag("R58")
    @Tag("R60")
    @Tag("R65")
    @Tag("R88")
    void theTranscriptsAreTyped_theCollectorAnswersAsTheyShow() throws Exception {
        List.of("bash", "curl", "openssl").forEach(Programs::require);
        String transcripts = TRANSCRIPT
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining());
        String shown = lines(transcripts, "(?![$>] ).*").collect(Collectors.joining("\n"));
        String typed =
                lines(transcripts, "[$>] .*").map(line -> line.substring(2)).collect(Collectors.joining("\n"));
        assertTrue(shown.lines().count() >= 7, "the page shows answers");
        if (!storage.answersRepeats()) {
            shown = shown.replace("\"accepted\":0,\"duplicates\":1", "\"accepted\":1,\"duplicates\":0");
        }
        assertEquals(shown, run(typed).strip());
    }

    private String run(String script) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("bash", "-eu", "-c", script).redirectErrorStream(true);
        shell.environment().put("COLLECTOR", collector.url());
        shell.environment().put("ADMIN", TestClient.ADMIN_TOKEN);
        Process process = shell.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }

    private static Stream<String> lines(String transcripts, String pattern) {
        return transcripts.lines().filter(line -> line.matches(pattern));
    }
}
