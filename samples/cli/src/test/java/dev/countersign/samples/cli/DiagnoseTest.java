package dev.countersign.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers "why is this proof refused", with proofs that other implementations have made. */
class DiagnoseTest {
    @TempDir
    Path directory;

    private Vectors.Hmac vector;
    private Path ring;

    @BeforeEach
    void makeRing() throws IOException {
        vector = Vectors.hmacOf("u_123");
        ring = write("ring.json", ring(vector.secret()));
    }

    @Test
    void theMistakesOfHandWrittenRecipes_areNamed() throws IOException {
        assertCause("BASE64_FOR_HEX", "hmac-hex", "u_123", vector.base64());
        assertCause("HEX_FOR_BASE64", "hmac-base64", "u_123", vector.hex());
        assertCause("UPPER_CASE_HEX", "hmac-hex", "u_123", vector.hex().toUpperCase(Locale.ROOT));
        assertCause("PREFIX_MISSING", "hmac-v1", "u_123", vector.hex());
        assertCause("WHITE_SPACE", "hmac-base64", "u_123", vector.base64() + "\n");
        assertCause("PYTHON_BYTES", "hmac-base64", "u_123", "b'" + vector.base64() + "'");
        assertCause("TRIMMED_ID", "hmac-hex", " u_123 ", vector.hex());
        assertCause("FOLDED_ID", "hmac-hex", "U_123", vector.hex());
        assertCause("UNKNOWN", "hmac-hex", "u_124", vector.hex());
        assertCause("MISSING", "hmac-hex", "u_123", "");
        assertCause(
                "OTHER_FORM",
                "hmac-hex",
                "u_123",
                Vectors.jwt("kid in the header, expiring").get("jwt").getAsString());
    }

    @Test
    void anEmailThatWasSigned_isNamedWhereItIsKnown() throws IOException {
        String proof = Vectors.hmac().stream()
                .filter(entry ->
                        entry.secret().equals(vector.secret()) && entry.id().equals("sam@acme.co"))
                .findFirst()
                .orElseThrow()
                .hex();
        assertCause("EMAIL_FOR_ID", "hmac-hex", "u_123", proof, "--email=sam@acme.co");
    }

    @Test
    void aValidProof_exitsWith0() throws IOException {
        Run run = diagnose("hmac-hex", "u_123", vector.hex());
        assertEquals(0, run.exitCode());
        assertEquals("VALID", run.proof().get("cause").getAsString());
    }

    @Test
    void aProofOfARevokedKey_isKnownByItsNameOrByAFormerRing() throws IOException {
        Path before = write("before.json", KeyRingFile.read(ring));
        KeyRing added = KeyRotation.add(KeyRingFile.read(ring), "k2", Secret.of(Secret.generateText()));
        KeyRingFile.write(ring, KeyRotation.revoke(KeyRotation.promote(added, "k2"), "k1"));
        Run named = diagnose("hmac-hex", "u_123", vector.hex(), "--key-id=k1");
        assertEquals("REVOKED_KEY", named.proof().get("reason").getAsString());
        assertTrue(named.proof()
                .get("advice")
                .getAsString()
                .startsWith("The proof was made with key k1, which is revoked"));
        Run unnamed = diagnose("hmac-hex", "u_123", vector.hex());
        assertEquals("UNKNOWN", unnamed.proof().get("cause").getAsString());
        assertTrue(unnamed.err().startsWith("hint: the ring has revoked keys"), unnamed.err());
        assertCause("REVOKED_KEY", "hmac-hex", "u_123", vector.hex(), "--former-ring=" + before);
    }

    @Test
    void aProofOfAnotherEnvironment_isNamed() throws IOException {
        Path staging = write("staging.json", KeyRingFile.read(ring));
        KeyRingFile.write(ring, ring(Secret.generateText()));
        Run run = diagnose("hmac-hex", "u_123", vector.hex(), "--other-ring", "staging=" + staging);
        assertEquals("OTHER_ENVIRONMENT", run.proof().get("cause").getAsString());
        assertTrue(run.proof().get("advice").getAsString().contains("the environment staging"));
    }

    @Test
    void aGroupsProof_isHeldAgainstTheGroupsKeys() throws IOException {
        Path groups = write("groups.json", ring(Secret.generateText()));
        Path event = event(
                Map.of("userId", "u_123", "identityToken", vector.v1(), "groupId", "u_123", "groupToken", vector.v1()));
        String[] how = {"verify", "--form=hmac-v1", "--ring=" + ring, "--identity=" + event};
        assertEquals(0, Run.of(how).exitCode());
        Run apart = Run.of(Stream.concat(Stream.of(how), Stream.of("--group-ring=" + groups))
                .toArray(String[]::new));
        assertEquals(
                "userId: valid, made with key k1\n"
                        + "groupId: refused, SIGNATURE_MISMATCH: Incorrect user identity verification signature\n",
                apart.out());
    }

    @Test
    void aTokenAboutSomebodyElse_isNamedAsSuch() throws IOException {
        Run signed = Run.of("sign", "--form=jwt", "--audience=e", "--user=u_1", "--ring=" + ring);
        Path event = event(Map.of("userId", "u_2", "identityToken", signed.out().strip()));
        Run run = Run.of("diagnose", "--form=jwt", "--audience=e", "--ring=" + ring, "--identity=" + event);
        assertEquals(1, run.exitCode());
        assertEquals(
                "userId: refused, SUBJECT_MISMATCH: the token is not about the event's userId\n"
                        + "  CLAIMS: SUBJECT_MISMATCH: the token is not about the event's userId.\n",
                run.out());
    }

    private void assertCause(String cause, String form, String id, String proof, String... more) throws IOException {
        Run run = diagnose(form, id, proof, more);
        assertEquals(cause, run.proof().get("cause").getAsString(), run.out());
        assertEquals(1, run.exitCode());
        assertFalse(proof.length() > 40 && (run.out() + run.err()).contains(proof.strip()), "the proof is printed");
    }

    private Run diagnose(String form, String id, String proof, String... more) throws IOException {
        Path event = event(Map.of("userId", id, "identityToken", proof, "type", "identify"));
        return Run.of(Stream.concat(
                        Stream.of("diagnose", "--json", "--form", form, "--ring=" + ring, "--identity=" + event),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Path event(Map<String, String> members) throws IOException {
        return Files.writeString(directory.resolve("event.json"), new Gson().toJson(members));
    }

    private static KeyRing ring(String secret) {
        return KeyRing.of(1, List.of(SigningKey.of("k1", Secret.of(secret), KeyStatus.PRIMARY)));
    }

    private Path write(String name, KeyRing keys) throws IOException {
        Path file = directory.resolve(name);
        KeyRingFile.write(file, keys);
        return file;
    }
}
