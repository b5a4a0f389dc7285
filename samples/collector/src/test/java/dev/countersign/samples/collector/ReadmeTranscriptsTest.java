package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Types the transcripts of this sample's README into one shell; an ellipsis stands for what differs from run to run. */
class ReadmeTranscriptsTest extends CollectorTest {
    private static final Pattern TRANSCRIPT = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);

    @Test
    @Tag("R58")
    void theTranscriptsAreTyped_theCollectorAnswersAsTheyShow() throws Exception {
        Stream.of("bash", "curl", "openssl", "jq").forEach(Programs::require);
        List<String> lines = TRANSCRIPT
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .flatMap(match -> match.group(1).lines())
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> shown =
                lines.stream().filter(line -> !line.startsWith("$ ")).toList();
        String typed = lines.stream()
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"));
        List<String> printed = run(typed).lines().toList();
        assertEquals(9, shown.size(), "answers on the page");
        for (int i = 0; i < Math.min(shown.size(), printed.size()); i++) {
            if (!pattern(shown.get(i)).matcher(printed.get(i)).matches()) {
                assertEquals(shown.get(i), printed.get(i).replaceAll("sis_[\\w-]+", "sis_…"));
            }
        }
        assertEquals(shown.size(), printed.size(), "answers printed");
    }

    private static Pattern pattern(String shown) {
        return Pattern.compile(Pattern.quote(shown).replace("…", "\\E\\S*\\Q"));
    }

    private String run(String script) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("bash", "-eu", "-c", script).redirectErrorStream(true);
        shell.environment().put("C", collector.url());
        shell.environment().put("TOKEN", TestClient.ADMIN_TOKEN);
        Process process = shell.start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), "exit status");
        return printed;
    }
}
