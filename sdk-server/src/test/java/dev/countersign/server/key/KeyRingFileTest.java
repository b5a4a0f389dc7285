package dev.countersign.server.key;

import static dev.countersign.server.TestKeys.key;
import static dev.countersign.server.TestKeys.primary;
import static dev.countersign.server.TestKeys.ring;
import static dev.countersign.server.key.KeyStatus.PENDING;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyRingFileTest {
    private static final String SECRET = "sis_0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void aRingIsWritten_itReadsBackTheSame() throws IOException {
        Path file = directory.resolve("ring.json");
        KeyRing ring = ring(3, primary("2026-11"), key("2026-12", PENDING), SigningKey.revoked("2026-10"));
        KeyRingFile.write(file, ring);
        KeyRing read = KeyRingFile.read(file);
        assertEquals(ring.toString(), read.toString());
        byte[] message = {1, 2, 3};
        assertArrayEquals(
                ring.primary().secret().hmacSha256(message),
                read.primary().secret().hmacSha256(message));
    }

    @Test
    void aRingIsWritten_onlyItsOwnerMayReadItAndNoDraftIsLeft() throws IOException {
        Path file = directory.resolve("ring.json");
        Files.writeString(file, "old");
        KeyRingFile.write(file, ring(1, primary("k1")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void theFileIsASymbolicLink_theFileItNamesIsReplaced() throws IOException {
        Path real = directory.resolve("real.json");
        Path link = directory.resolve("link.json");
        KeyRingFile.write(real, ring(1, primary("k1")));
        Files.createSymbolicLink(link, real);
        KeyRingFile.write(link, ring(2, primary("k1")));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(2, KeyRingFile.read(real).version());
    }

    @Test
    void theDirectoryIsMissing_writingFails() {
        assertThrows(
                IOException.class,
                () -> KeyRingFile.write(directory.resolve("none/ring.json"), ring(1, primary("k1"))));
    }

    @ParameterizedTest
    @Tag("R67")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "|unexpected end at byte 0",
                "{'version':1,'keys':[{'id':'k1','status':'primary','secret':'SECRET'|unexpected end at byte",
                "[]|at byte 0",
                "{'version':1,'version':2,'keys':[]}|duplicate member",
                "{'keys':[]}|version is missing or not a whole number",
                "{'version':'1','keys':[]}|version is missing or not a whole number",
                "{'version':1.5,'keys':[]}|version is missing or not a whole number",
                "{'version':1}|keys is missing or not an array",
                "{'version':1,'keys':[]}|ring has 0 primary keys; allowed is exactly 1",
                "{'version':1,'keys':['SECRET']}|keys[0] is not an object",
                "{'version':1,'keys':[],'SECRET':1}|ring has an unknown member; allowed are version, keys",
                "{'version':1,'keys':[{'id':'k1','status':'primary','SECRET':'x'}]}|keys[0] has an unknown member",
                "{'version':1,'keys':[{'status':'primary','secret':'SECRET'}]}|keys[0].id is missing or not a string",
                "{'version':1,'keys':[{'id':7,'status':'primary','secret':'SECRET'}]}|keys[0].id is missing",
                "{'version':1,'keys':[{'id':'k1','secret':'SECRET'}]}|keys[0].status is missing or not a string",
                "{'version':1,'keys':[{'id':'k1','status':'SECRET','secret':'SECRET'}]}|keys[0].status is unknown",
                "{'version':1,'keys':[{'id':'k1','status':'primary'}]}|keys[0].secret is missing or not a string",
                "{'version':1,'keys':[{'id':'k1','status':'primary','secret':' SECRET'}]}|keys[0]: secret has white space",
                "{'version':1,'keys':[{'id':'k1','status':'primary','secret':'short'}]}|keys[0]: secret has 5 bytes",
                "{'version':1,'keys':[{'id':'k1','status':'primary','secret':'SECRET','short':'yes'}]}|keys[0]: short is not true or false",
                "{'version':1,'keys':[{'id':'k 1','status':'primary','secret':'SECRET'}]}|keys[0]: key id has 3 characters",
                "{'version':1,'keys':[{'id':'k1','status':'primary','secret':'SECRET'},{'id':'k1','status':'revoked'}]}|twice",
            })
    void theFileIsNotARing_theMessageNamesFileFieldAndRuleAndNoSecret(String text, String expected) throws IOException {
        Path file = directory.resolve("ring.json");
        Files.writeString(file, text == null ? "" : text.replace('\'', '"').replace("SECRET", SECRET));
        IOException problem = assertThrows(IOException.class, () -> KeyRingFile.read(file));
        assertTrue(problem.getMessage().contains(expected), problem.getMessage());
        assertTrue(problem.getMessage().contains("ring.json"), problem.getMessage());
        assertFalse(problem.toString().contains("0123456789"), problem.toString());
    }

    @Test
    void theFileIsMissingOrTooLarge_readingFails() throws IOException {
        Path file = directory.resolve("ring.json");
        assertThrows(IOException.class, () -> KeyRingFile.read(file));
        Files.write(file, new byte[(1 << 20) + 1]);
        IOException problem = assertThrows(IOException.class, () -> KeyRingFile.read(file));
        assertTrue(problem.getMessage().endsWith("has more than 1048576 bytes, the most allowed"));
    }

    @Test
    @Tag("R38")
    void aSecretInTheEnvironment_isTheOnePrimaryKey() throws IOException {
        KeyRing ring = EnvironmentKeys.secret("IDENTITY_SECRET", SECRET, "only");
        assertEquals("only PRIMARY", ring.primary().toString());
        IOException unset =
                assertThrows(IOException.class, () -> EnvironmentKeys.secret("IDENTITY_SECRET", null, "only"));
        assertEquals("environment variable IDENTITY_SECRET is not set", unset.getMessage());
        IOException spaced =
                assertThrows(IOException.class, () -> EnvironmentKeys.secret("IDENTITY_SECRET", SECRET + "\n", "only"));
        assertEquals("environment variable IDENTITY_SECRET: secret has white space around it", spaced.getMessage());
        assertThrows(
                IOException.class,
                () -> KeyLoader.environmentSecret("COUNTERSIGN_NOT_SET", "k").load());
        assertThrows(
                IOException.class,
                () -> KeyLoader.environmentRing("COUNTERSIGN_NOT_SET").load());
    }

    @Test
    void aShortSecret_isMarkedAsSuchInTheFile() throws IOException {
        Path file = directory.resolve("ring.json");
        KeyRingFile.write(file, ring(1, SigningKey.of("k1", Secret.ofShort("short"), KeyStatus.PRIMARY)));
        assertTrue(Files.readString(file).contains("\"short\":true"));
        assertEquals("k1", KeyRingFile.read(file).primary().id());
    }

    @Test
    void aRingInTheEnvironment_isRead() throws IOException {
        String json = "{\"version\":1,\"keys\":[{\"id\":\"k1\",\"status\":\"primary\",\"secret\":\"" + SECRET + "\"}]}";
        assertEquals("k1", EnvironmentKeys.ring("RING", json).primary().id());
        IOException broken = assertThrows(IOException.class, () -> EnvironmentKeys.ring("RING", "{"));
        assertEquals("environment variable RING: unexpected end at byte 1", broken.getMessage());
    }
}
