package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a page's {@code console} blocks type and what they show. An ellipsis stands for what differs from run to run; an
 * indented line goes on with the answer before it.
 *
 * @param typed the commands, a line each
 * @param shown the answers, a line each
 */
record Transcript(List<String> typed, List<String> shown) {
    private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);

    /** Those of a page, a transcript for each block, in their order. */
    static List<Transcript> each(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(match -> of(match.group(1)))
                .toList();
    }

    /** All blocks of a page, as one. */
    static Transcript whole(Path page) throws IOException {
        return of(BLOCK.matcher(Files.readString(page))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining()));
    }

    private static Transcript of(String text) {
        List<String> lines = text.replaceAll("\n +", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return new Transcript(
                lines.stream()
                        .filter(line -> line.matches("[$>] .*"))
                        .map(line -> line.substring(2))
                        .toList(),
                lines.stream().filter(line -> !line.matches("[$>] .*")).toList());
    }

    /** The same with one answer for another. */
    Transcript showing(String one, String another) {
        return new Transcript(
                typed, shown.stream().map(line -> line.replace(one, another)).toList());
    }

    /** Types it into a shell, which has to print what is shown; returns what it printed. */
    List<String> assertHolds(Path directory, Map<String, String> environment, String... before) throws Exception {
        String script = String.join("\n", before) + "\n" + String.join("\n", typed);
        ProcessBuilder shell = new ProcessBuilder("bash", "-eu", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        shell.environment().putAll(environment);
        Process process = shell.start();
        process.getOutputStream().close();
        List<String> printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        assertEquals(0, process.waitFor(), () -> "exit status; the last line is " + withoutSecrets(printed));
        for (int i = 0; i < Math.min(shown.size(), printed.size()); i++) {
            if (!pattern(shown.get(i)).matcher(printed.get(i)).matches()) {
                assertEquals(shown.get(i), withoutSecrets(List.of(printed.get(i))));
            }
        }
        assertEquals(shown.size(), printed.size(), () -> "answers printed; the last is " + withoutSecrets(printed));
        return printed;
    }

    private static String withoutSecrets(List<String> printed) {
        return printed.isEmpty() ? "" : printed.get(printed.size() - 1).replaceAll("sis_[\\w-]+", "sis_…");
    }

    private static Pattern pattern(String shown) {
        return Pattern.compile(Pattern.quote(shown).replace("…", "\\E\\S*\\Q"));
    }

    /** The page that defines a function of the shell, as the pages that only use it say. */
    static String function(Path page, String name) throws IOException {
        List<String> found = whole(page).typed().stream()
                .filter(line -> line.startsWith(name + "() {"))
                .toList();
        assertTrue(found.size() == 1, page + " defines " + name);
        return found.get(0);
    }
}
