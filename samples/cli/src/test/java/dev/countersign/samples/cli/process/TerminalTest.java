package dev.countersign.samples.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.cli.Vectors;
import dev.countersign.server.key.KeyRingFile;
import dev.countersign.server.key.KeyStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prompts, on a terminal that {@code script} makes. */
@Timeout(60)
class TerminalTest {
    private static final String SECRET = "0f8fad5b-d9cd-469f-a165-70867728950e";

    @TempDir
    Path directory;

    @BeforeEach
    void needsATerminal() {
        Program.require("script");
    }

    @Test
    void aSecretThatIsTyped_isNotEchoed() throws Exception {
        String shown = typed("secret (not shown): ", SECRET, "sign --form=hmac-hex --user=u_123 --secret-prompt", 0);
        assertTrue(shown.contains(Vectors.proofOf(SECRET, "u_123")), shown);
        assertFalse(shown.contains(SECRET), "the terminal shows the secret");
    }

    @Test
    void aRevoke_happensOnceTheKeysIdIsTyped() throws Exception {
        launch("keys new k1 --create-ring --ring=r.json", 0);
        launch("keys new k2 --ring=r.json", 0);
        String refused = typed("confirm: ", "yes", "keys revoke k2 --ring=r.json", 3);
        assertTrue(refused.contains("Key k2 is pending. Once revoked, every proof made with it is refused"), refused);
        assertTrue(refused.contains("not confirmed; the ring is as it was"), refused);
        assertEquals(KeyStatus.PENDING, statusOfK2());
        typed("confirm: ", "k2", "keys revoke k2 --ring=r.json", 0);
        assertEquals(KeyStatus.REVOKED, statusOfK2());
    }

    @Test
    void aRingThatChangesWhileTheQuestionStands_isLeftAlone() throws Exception {
        launch("keys new k1 --create-ring --ring=r.json", 0);
        launch("keys new k2 --ring=r.json", 0);
        Process asking = start("keys revoke k2 --ring=r.json");
        readUntil(asking.getInputStream(), "confirm: ");
        launch("keys promote k2 --ring=r.json", 0);
        launch("keys promote k1 --ring=r.json", 0);
        String shown = answer(asking, "k2", 5);
        assertTrue(shown.contains("the ring's version is 4, not 2: somebody changed it meanwhile"), shown);
        assertEquals(KeyStatus.RETIRING, statusOfK2());
    }

    private KeyStatus statusOfK2() throws IOException {
        return Objects.requireNonNull(
                        KeyRingFile.read(directory.resolve("r.json")).find("k2"))
                .status();
    }

    private void launch(String arguments, int exitCode) throws Exception {
        Process process = start(arguments);
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.waitFor(), shown);
    }

    /** What the terminal shows when this is typed at this prompt. */
    private String typed(String prompt, String text, String arguments, int exitCode) throws Exception {
        Process process = start(arguments);
        return readUntil(process.getInputStream(), prompt) + answer(process, text, exitCode);
    }

    private static String answer(Process process, String text, int exitCode) throws Exception {
        process.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.waitFor(), shown);
        return shown;
    }

    private Process start(String arguments) throws IOException {
        String command = Program.LAUNCHER + " " + arguments;
        return Program.start(directory, Map.of(), List.of("script", "-qec", command, "/dev/null"));
    }

    private static String readUntil(InputStream in, String prompt) throws IOException {
        StringBuilder shown = new StringBuilder();
        while (shown.indexOf(prompt) < 0) {
            int next = in.read();
            assertTrue(next >= 0, "ended before the prompt: " + shown);
            shown.append((char) next);
        }
        return shown.toString();
    }
}
