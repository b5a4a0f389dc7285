package dev.countersign.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.server.hostile.Forge;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes the ring file: what is read is a ring that is written and read again as the same, and what is refused is
 * refused with an IOException that repeats no secret.
 */
class RingFileFuzzTest {
    private static final Fuzzed FUZZED = new Fuzzed();
    private static final byte[] MESSAGE = "m".getBytes(UTF_8);

    private static final Set<String> SEEN = new HashSet<>();

    private static Path directory;
    private static Path file;

    static Stream<byte[]> seeds() {
        String primary = "{\"id\":\"k1\",\"status\":\"primary\",\"secret\":\"" + Forge.PRIMARY + "\"}";
        String retiring = "{\"id\":\"k2\",\"status\":\"retiring\",\"secret\":\"" + Forge.RETIRING + "\"}";
        String pending = "{\"id\":\"k3\",\"status\":\"pending\",\"secret\":\"" + Forge.PENDING + "\"}";
        String revoked = "{\"id\":\"k4\",\"status\":\"revoked\"}";
        return Stream.of(
                        "{\"version\":3,\"keys\":[" + primary + "]}",
                        "{\"version\":0,\"keys\":[" + retiring + "," + primary + "," + pending + "," + revoked + "]}",
                        "{\"version\":1,\"keys\":[" + primary + "," + primary + "]}",
                        "{\"version\":2,\"keys\":["
                                + primary.replace(Forge.PRIMARY, "s").replace("}", ",\"short\":true}") + "]}",
                        "{\"version\":1,\"keys\":[]}",
                        Forge.PRIMARY)
                .map(json -> json.getBytes(UTF_8));
    }

    @BeforeAll
    static void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("rings");
        file = directory.resolve("ring.json");
    }

    @MethodSource("seeds")
    @DictionaryEntries({"\"version\"", "\"keys\"", "\"id\"", "\"status\"", "\"secret\"", "\"primary\"", "\"pending\""})
    @DictionaryEntries({"\"retiring\"", "\"revoked\"", "\"short\"", "-----BEGIN", "v1,", "\\u0020", "\\ud800"})
    @FuzzTest(maxDuration = "10s")
    void whatIsRead_isWrittenAndReadAgainAsTheSame(byte[] input) throws IOException {
        FUZZED.executed();
        Files.write(file, input);
        KeyRing ring;
        try {
            ring = KeyRingFile.read(file);
        } catch (IOException refusal) {
            assertFalse(refusal.toString().contains("secret-of-this-test"), "the refusal repeats a secret");
            return;
        }
        FUZZED.accepted();
        // Writing waits for the disk: once for each ring is enough.
        if (!SEEN.add(ring.toString())) {
            return;
        }
        KeyRingFile.write(file, ring);
        KeyRing again = KeyRingFile.read(file);
        assertEquals(ring.toString(), again.toString());
        for (SigningKey key : ring.activeKeys()) {
            SigningKey same = again.find(key.id());
            assertArrayEquals(key.secret().hmacSha256(MESSAGE), same.secret().hmacSha256(MESSAGE));
        }
    }

    @AfterAll
    static void fuzzed() throws IOException {
        FUZZED.assertFuzzed("ring file");
        Files.deleteIfExists(file);
        Files.deleteIfExists(directory);
    }
}
