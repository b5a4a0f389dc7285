package dev.countersign.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signs and verifies what other implementations have signed. */
@Tag("R28")
class VectorsTest {
    @TempDir
    Path directory;

    @Test
    void eachIdOfTheVectors_isSignedAndVerifiedAsElsewhere() throws IOException {
        List<Vectors.Hmac> entries = Vectors.hmac();
        assertEquals(96, entries.size());
        for (int i = 0; i < entries.size(); i++) {
            Vectors.Hmac entry = entries.get(i);
            // Each form in turn: that the spellings agree is the SDK's own test.
            String form = List.of("hmac-hex", "hmac-base64", "hmac-v1").get(i % 3);
            String proof = List.of(entry.hex(), entry.base64(), entry.v1()).get(i % 3);
            Path secret = file("secret", entry.secret());
            String[] who = {"--form", form, "--user=" + entry.id(), "--short-secret"};
            Run signed = Run.of(args(who, "sign", "--secret-file", secret));
            assertEquals(proof + "\n", signed.out(), signed.err());
            Run verified = Run.of(args(who, "verify", "--secret-file", secret, "--proof-file", file("p", proof)));
            assertEquals("userId: valid, made with key secret\n", verified.out(), verified.err());
            assertEquals(0, verified.exitCode());
        }
    }

    @Test
    void aProofOfAnotherId_isRefused() throws IOException {
        Vectors.Hmac entry = Vectors.hmacOf("u_123");
        Run run = Run.of(
                "verify",
                "--form=hmac-hex",
                "--group=u_124",
                "--json",
                "--secret-file=" + file("secret", entry.secret()),
                "--proof-file=" + file("p", entry.hex()));
        assertEquals(1, run.exitCode());
        assertEquals("SIGNATURE_MISMATCH", run.proof().get("reason").getAsString());
        assertEquals("groupId", run.proof().get("field").getAsString());
    }

    @Test
    void aTokenOfTheVectors_isVerifiedAtItsTime_andExpiredAfterIt() throws IOException {
        JsonObject vector = Vectors.jwt("kid in the header, expiring");
        String[] how = {
            "--form=jwt",
            "--any-audience",
            "--key-id=2026-11",
            "--json",
            "--secret-file=" + file("secret", vector.get("secret").getAsString()),
            "--proof-file=" + file("p", vector.get("jwt").getAsString())
        };
        Run live = Run.of(args(how, "verify", "--at", "2026-11-18T12:00:00Z"));
        assertEquals(0, live.exitCode(), live.out() + live.err());
        assertEquals("u_123", live.proof().get("userId").getAsString());
        assertEquals("acme", live.proof().get("groupId").getAsString());
        // exp is 1795003600.
        assertEquals("2026-11-18T12:06:40Z", live.proof().get("expiresAt").getAsString());
        Run expired = Run.of(args(how, "verify", "--at", "2026-11-19T20:00:00Z"));
        assertEquals(1, expired.exitCode());
        assertEquals("EXPIRED", expired.proof().get("reason").getAsString());
    }

    @Test
    void aTokenThatIsSigned_provesUserAndGroupInItsEnvironmentOnly() throws IOException {
        Path secret = file("secret", Vectors.hmacOf("u_123").secret());
        Run signed = Run.of(
                "sign",
                "--form=jwt",
                "--audience=production",
                "--user=u_1",
                "--group=acme",
                "--json",
                "--secret-file=" + secret);
        assertEquals(0, signed.exitCode(), signed.err());
        Path answer = file("identity.json", signed.out());
        String[] how = {"--form=jwt", "--secret-file=" + secret, "--identity=" + answer};
        Run own = Run.of(args(how, "verify", "--audience", "production"));
        assertEquals(0, own.exitCode(), own.out() + own.err());
        assertTrue(own.out().startsWith("userId: valid, made with key secret, expires at "), own.out());
        assertTrue(own.out().contains("groupId: valid"), own.out());
        Run other = Run.of(args(how, "verify", "--audience", "staging"));
        assertEquals(1, other.exitCode());
        assertTrue(other.out().startsWith("userId: refused, AUDIENCE_MISMATCH: "), other.out());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text + "\n");
    }

    private static String[] args(String[] last, Object... first) {
        return Stream.concat(Arrays.stream(first).map(String::valueOf), Arrays.stream(last))
                .toArray(String[]::new);
    }
}
