package dev.countersign.samples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotation by hand, on one ring file. */
class KeysTest {
    @TempDir
    Path directory;

    private Path ring;

    @BeforeEach
    void makeRing() {
        ring = directory.resolve("production.ring.json");
        done("new", "2026-10", "--create-ring");
    }

    @Test
    @Tag("R38")
    void aNewKeysSecret_isInTheRingFileOnly_unlessAskedFor() throws IOException {
        Run quiet = done("new", "2026-11");
        Run shown = done("new", "2026-12", "--show-secret", "--json");
        String file = Files.readString(ring);
        List<String> secrets = Stream.of(file.split("\""))
                .filter(text -> text.startsWith("sis_"))
                .toList();
        assertEquals(3, secrets.size());
        secrets.forEach(secret -> assertFalse((quiet.out() + quiet.err()).contains(secret)));
        assertEquals(secrets.get(2), shown.json().get("secret").getAsString());
        Run listed = done("list", "--json");
        assertFalse((listed.out() + listed.err()).contains("sis_"));
    }

    @Test
    void aSecretOfThePlatforms_goesIntoTheRing() throws IOException {
        Vectors.Hmac vector = Vectors.hmacOf("u_123");
        Path secret = Files.writeString(directory.resolve("secret"), vector.secret() + "\n");
        done("new", "vendor", "--secret-file", secret.toString());
        done("promote", "vendor");
        Run signed = Run.of("sign", "--ring", ring.toString(), "--form=hmac-v1", "--user=u_123");
        assertEquals(vector.v1() + "\n", signed.out());
        assertEquals("identityToken signed with key vendor\n", signed.err());
    }

    @Test
    void eachStep_saysWhatItDidAndWhatIsSafeNext() throws IOException {
        assertEquals("PROMOTE 2026-11 false", next(done("new", "2026-11", "--json")));
        JsonObject promoted = done("promote", "2026-11", "--json").json();
        assertEquals(3, promoted.get("ringVersion").getAsLong());
        assertEquals("PRIMARY", promoted.get("status").getAsString());
        assertEquals("REVOKE 2026-10 false", next(done("list", "--json")));
        assertEquals("ADD null true", next(done("revoke", "2026-10", "--yes", "--json")));
        assertEquals("[2026-10 REVOKED, 2026-11 PRIMARY]", read().keys().toString());
    }

    @Test
    void theNextStep_waitsForTheLastProofOfTheFormerPrimary() {
        done("new", "2026-11");
        done("promote", "2026-11");
        Run waits = keys("next", "--switched-at", "now", "--proof-lifetime=1h");
        assertEquals(1, waits.exitCode(), waits.err());
        assertTrue(waits.out().startsWith("next: revoke 2026-10, not before "), waits.out());
        Run safe = keys("next", "--switched-at", "2026-01-01T10:00:00+01:00", "--margin=1m", "--json");
        assertEquals(0, safe.exitCode(), safe.err());
        // 09:00 UTC, 15 minutes of life, 1 minute of margin.
        JsonObject next = safe.json().getAsJsonObject("next");
        assertEquals("2026-01-01T09:16:00Z", next.get("notBefore").getAsString());
    }

    @Test
    void aStepThatTheRulesForbid_exitsWith3AndNamesTheRule() throws IOException {
        String before = Files.readString(ring);
        assertForbidden("UNKNOWN_KEY", "promote", "2027-01");
        assertForbidden("PRIMARY_KEY", "promote", "2026-10");
        assertForbidden("DUPLICATE_KEY", "new", "2026-10");
        assertForbidden("PRIMARY_KEY", "retire", "2026-10");
        assertForbidden("PRIMARY_KEY", "revoke", "2026-10", "--yes");
        assertForbidden("PRIMARY_KEY", "revoke", "2026-10");
        assertForbidden("RING_EXISTS", "new", "k", "--create-ring");
        assertEquals(before, Files.readString(ring));
        Run unknown = keys("promote", "2027-01");
        assertEquals("countersign: the ring has no key of this id; it holds 2026-10 PRIMARY\n", unknown.err());
    }

    @Test
    void aSixthActiveKey_isRefused() {
        List.of("b", "c", "d", "e").forEach(id -> done("new", id));
        assertForbidden("KEY_LIMIT", "new", "f");
    }

    @Test
    void aLeakedPrimary_isReplacedAndRevokedInOneStep() throws IOException {
        done("new", "2026-11");
        done("revoke", "2026-10", "--yes", "--replace-with", "2026-11");
        assertEquals("[2026-10 REVOKED, 2026-11 PRIMARY]", read().keys().toString());
        JsonObject answer = done("revoke", "2026-11", "--yes", "--replace-with-new=2026-12", "--json")
                .json();
        assertEquals("2026-12", answer.get("primary").getAsString());
        assertEquals(4, read().version());
        assertEquals(1, read().activeKeys().size());
    }

    @Test
    void aRingThatSomebodyChangedMeanwhile_isLeftAlone() throws IOException {
        done("new", "2026-11");
        Run late = keys("promote", "2026-11", "--if-version=1");
        assertEquals(5, late.exitCode());
        assertTrue(late.err().contains("version is 2, not 1"), late.err());
        assertEquals("2026-10", read().primary().id());
        done("promote", "2026-11", "--if-version=2");
    }

    @Test
    void aChangedRing_staysReadableByItsOwnerOnly_andAWiderModeIsReported() throws IOException {
        assertEquals("rw-------", mode());
        Files.setPosixFilePermissions(ring, PosixFilePermissions.fromString("rw-r--r--"));
        Run listed = done("list");
        assertTrue(listed.err().contains("has mode rw-r--r--; allowed is rw------- (0600)"), listed.err());
        done("new", "2026-11");
        assertEquals("rw-------", mode());
        assertEquals("", done("list").err());
    }

    @Test
    void aRingThatRootChanges_staysItsOwners() throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
        UserPrincipal nobody =
                ring.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(ring, nobody);
        done("new", "2026-11");
        assertEquals(nobody, Files.getOwner(ring));
        assertEquals(nobody, Files.getOwner(directory.resolve("production.ring.json.lock")));
    }

    @Test
    void aLinkToTheRing_staysALink() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("current"), ring);
        Run run = Run.of("keys", "new", "2026-11", "--ring", link.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(2, read().version());
    }

    private void assertForbidden(String code, String... step) {
        Run run = keys(Stream.concat(Stream.of(step), Stream.of("--json")).toArray(String[]::new));
        assertEquals(3, run.exitCode(), run.out() + run.err());
        assertEquals(code, run.json().getAsJsonObject("error").get("code").getAsString());
    }

    private static String next(Run run) {
        JsonObject next = run.json().getAsJsonObject("next");
        String keyId =
                next.get("keyId").isJsonNull() ? "null" : next.get("keyId").getAsString();
        return next.get("step").getAsString() + " " + keyId + " " + next.get("safe");
    }

    private Run done(String... step) {
        Run run = keys(step);
        assertEquals(0, run.exitCode(), run.out() + run.err());
        return run;
    }

    private Run keys(String... step) {
        return Run.of(Stream.of(Stream.of("keys"), Stream.of(step), Stream.of("--ring=" + ring))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private KeyRing read() throws IOException {
        return KeyRingFile.read(ring);
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(ring));
    }
}
