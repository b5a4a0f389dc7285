package dev.countersign.samples.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What bash offers at the Tab key. */
@Timeout(60)
class CompletionTest {
    @TempDir
    Path directory;

    private Path script;

    @BeforeEach
    void generate() throws Exception {
        Program.require("bash");
        Program.Ended generated =
                Program.run(directory, Map.of(), List.of(Program.LAUNCHER.toString(), "generate-completion"));
        assertEquals(0, generated.exitCode(), generated.err());
        script = Files.writeString(directory.resolve("completion.bash"), generated.out());
    }

    @Test
    void theShell_completesCommandsAndForms() throws Exception {
        assertEquals(Set.of("sign", "verify", "diagnose", "keys", "generate-completion"), offered("countersign", ""));
        assertEquals(Set.of("new", "next"), offered("countersign", "keys", "ne"));
        assertEquals(Set.of("hmac-hex", "hmac-base64", "hmac-v1", "jwt"), offered("countersign", "sign", "--form", ""));
        assertTrue(offered("countersign", "keys", "revoke", "--r").containsAll(Set.of("--ring", "--replace-with")));
    }

    private Set<String> offered(String... words) throws Exception {
        String tab = "source " + script + "; COMP_WORDS=(" + quoted(words) + "); COMP_CWORD=" + (words.length - 1)
                + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}; _complete_countersign;"
                + " printf '%s\\n' \"${COMPREPLY[@]}\"";
        Program.Ended ended = Program.run(directory, Map.of(), List.of("bash", "-c", tab));
        return Set.copyOf(ended.out()
                .lines()
                .map(String::strip)
                .filter(word -> !word.startsWith("-h")
                        && !word.startsWith("-V")
                        && !word.equals("--help")
                        && !word.equals("--version"))
                .toList());
    }

    private static String quoted(String... words) {
        return "'" + String.join("' '", words) + "'";
    }
}
