package dev.countersign.samples.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.cli.Vectors;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes, output, environment and concurrency of the real process. */
@Timeout(120)
class ProcessTest {
    @TempDir
    Path directory;

    @Test
    void theExitCode_tellsAScriptWhatHappened() throws Exception {
        assertEquals(
                0, jar("keys", "new", "k1", "--create-ring", "--ring=r.json").exitCode());
        assertEquals(0, jar("keys", "new", "k2", "--ring=r.json").exitCode());
        assertEquals(1, jar("keys", "next", "--ring=r.json").exitCode());
        assertEquals(2, jar("keys", "new", "k3").exitCode());
        assertEquals(3, jar("keys", "revoke", "k1", "--yes", "--ring=r.json").exitCode());
        assertEquals(4, jar("keys", "list", "--ring=none.json").exitCode());
        assertEquals(
                5,
                jar("keys", "promote", "k2", "--if-version=7", "--ring=r.json").exitCode());
    }

    @Test
    void standardOutput_holdsTheAnswerOnly() throws Exception {
        jar("keys", "new", "k1", "--create-ring", "--ring=r.json");
        Program.Ended signed = jar("sign", "--form=hmac-hex", "--user=u_123", "--ring=r.json");
        assertTrue(signed.out().matches("[0-9a-f]{64}\n"), signed.out());
        assertEquals("identityToken signed with key k1\n", signed.err());
        Program.Ended refused = jar("sign", "--form=hmac-hex", "--ring=r.json", "--json");
        assertEquals("", refused.err());
        assertEquals(
                "{\"error\":{\"code\":\"USAGE\",\"message\":\"nobody is named; use --user, --group or both\"}}\n",
                refused.out());
    }

    @Test
    @Tag("R38")
    void aShortSecretOfTheEnvironment_signsAsPublished_withAWarningInOneLine() throws Exception {
        var vector = Vectors.published("Chatwoot issue 4798");
        Program.Ended signed = Program.run(
                directory,
                Map.of("IDENTITY_SECRET", vector.get("secret").getAsString()),
                Program.jar("sign", "--form=hmac-hex", "--user=test", "--secret-env=IDENTITY_SECRET"));
        assertEquals(vector.get("hex").getAsString() + "\n", signed.out());
        List<String> remarks = signed.err().lines().toList();
        assertTrue(
                remarks.contains("countersign: a signing secret has 24 bytes; 32 or more are recommended (said once)"));
        assertFalse(signed.err().contains(vector.get("secret").getAsString()));
    }

    @Test
    void theRingOfTheEnvironment_isUsedWhereNoneIsGiven() throws Exception {
        Program.Ended made = Program.run(
                directory,
                Map.of("COUNTERSIGN_RING", "r.json"),
                List.of(Program.LAUNCHER.toString(), "keys", "new", "k1", "--create-ring"));
        assertEquals(0, made.exitCode(), made.err());
        assertEquals(
                "k1", KeyRingFile.read(directory.resolve("r.json")).primary().id());
    }

    @Test
    void anIdThatTheLocaleMangles_isRefused_andTheLauncherNeverMangles() throws Exception {
        Map<String, String> plain = Map.of("LC_ALL", "C", "SECRET", "0f8fad5b-d9cd-469f-a165-70867728950e");
        String[] sign = {"sign", "--form=hmac-hex", "--user=用户-42", "--secret-env=SECRET"};
        Program.Ended mangled = Program.run(directory, plain, Program.jar(sign));
        assertEquals(2, mangled.exitCode(), mangled.out());
        assertTrue(mangled.err().contains("--user has characters that cannot be read in this locale"), mangled.err());
        List<String> launched = new ArrayList<>(List.of(Program.LAUNCHER.toString()));
        launched.addAll(List.of(sign));
        // From the vectors: this id under this secret.
        assertEquals(
                Vectors.proofOf("0f8fad5b-d9cd-469f-a165-70867728950e", "用户-42") + "\n",
                Program.run(directory, plain, launched).out());
    }

    @Test
    void changesAtTheSameTime_areAllKept() throws Exception {
        Path ring = directory.resolve("r.json");
        jar("keys", "new", "k0", "--create-ring", "--ring=r.json");
        List<String> ids = List.of("k1", "k2", "k3", "k4");
        atTheSameTime(ids.stream().map(id -> Program.jar("keys", "new", id, "--ring=r.json")));
        atTheSameTime(ids.stream().map(id -> Program.jar("keys", "retire", id, "--ring=r.json")));
        atTheSameTime(ids.stream().map(id -> Program.jar("keys", "revoke", id, "--yes", "--ring=r.json")));
        KeyRing end = KeyRingFile.read(ring);
        assertEquals(13, end.version());
        assertEquals(5, end.keys().size());
        assertEquals(1, end.activeKeys().size());
    }

    private void atTheSameTime(Stream<List<String>> commands) throws Exception {
        List<Process> started = new ArrayList<>();
        for (List<String> command : commands.toList()) {
            started.add(Program.start(directory, Map.of(), command));
        }
        for (Process process : started) {
            process.getInputStream().readAllBytes();
            assertEquals(0, process.waitFor());
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path remark :
                    files.filter(file -> file.toString().endsWith(".txt")).toList()) {
                assertEquals("", Files.readString(remark));
                Files.delete(remark);
            }
        }
    }

    private Program.Ended jar(String... args) throws Exception {
        return Program.run(directory, Map.of(), Program.jar(args));
    }
}
