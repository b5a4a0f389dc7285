package dev.countersign.samples.recipes.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.recipes.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types how samples/collector/README.md and samples/cli/README.md build and start what they are about. */
@Timeout(300)
class RunBlocksTest {
    @TempDir
    Path directory;

    private TypedShell shell() throws IOException {
        Programs.require("bash");
        return new TypedShell(Block.ROOT, Map.of("PORT", "0"), directory.resolve("errors"));
    }

    private String built(String page, String start) throws IOException {
        List<Block> blocks = Block.of(page).stream()
                .filter(block -> block.text().startsWith(start))
                .toList();
        assertEquals(1, blocks.size(), page + ": " + start);
        modules().build(blocks.get(0).text());
        return blocks.get(0).text();
    }

    private BuiltModules modules() throws IOException {
        return new BuiltModules(directory);
    }

    @Test
    @Tag("T13")
    void theCollectorsTwoLines_startOneThatSaysWhatThePageShows() throws Exception {
        List<String> lines = built("samples/collector/README.md", "$ mvn -q -pl samples/collector ")
                .lines()
                .toList();
        String typed = lines.stream()
                .filter(line -> line.startsWith("$ "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"));
        assertTrue(typed.contains("COLLECTOR_DB=/tmp/collector.db "), typed);
        try (TypedShell shell = shell()) {
            shell.type(modules().shellFunction());
            shell.type(typed.replace("/tmp/", directory + "/") + " &");
            for (String shown :
                    lines.stream().filter(line -> !line.startsWith("$ ")).toList()) {
                shell.await(shown.replaceFirst("(sat_|127\\.0\\.0\\.1:).*", "$1"));
            }
        }
        assertTrue(Files.exists(directory.resolve("collector.db")), "the file that the page names");
    }

    @Test
    void theCommandLinesTwoLines_putItOnThePath() throws Exception {
        String block = built("samples/cli/README.md", "mvn ");
        try (TypedShell shell = shell()) {
            shell.type(modules().shellFunction());
            shell.type(block);
            assertEquals(
                    List.of(Block.ROOT.resolve("samples/cli/bin/countersign").toString()),
                    shell.type("command -v countersign"));
            assertTrue(shell.type("countersign --version").get(0).startsWith("countersign "));
        }
    }
}
