package dev.countersign.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret that a program made lies in the repository; those of tests and vectors are sentences, or published. */
class SecretsTest {
    /** {@code sis_} and 256 bits of Base64url, as the server SDK and the collector make them; and private keys. */
    private static final Pattern SECRET =
            Pattern.compile("\\bsis_[A-Za-z0-9_-]{43}|-----BEGIN [A-Z ]*PRIVATE" + " KEY-----\\s+[A-Za-z0-9+/]{40}");

    @TempDir
    Path folder;

    @Test
    @Tag("R39")
    void theRepository_holdsNoSecretThatWasGenerated() throws IOException {
        assertEquals(List.of(), found(Repository.root()));
    }

    @Test
    void aSecretInAFile_isFound() throws IOException {
        Files.writeString(folder.resolve("application.yml"), "secret: sis_" + "aB3-_".repeat(9));
        Files.writeString(folder.resolve("key.pem"), "-----BEGIN PRIVATE" + " KEY-----\n" + "MIIE".repeat(10));
        Files.writeString(folder.resolve("short"), "sis_a-secret-of-the-tests");
        Files.createDirectories(folder.resolve("samples/run")); // what readers of the pages make; Git leaves it out too
        Files.writeString(folder.resolve("samples/run/ring.json"), "sis_" + "aB3-_".repeat(9));
        assertEquals(2, found(folder).size());
        assertTrue(found(folder).get(0).endsWith("application.yml"));
    }

    private static List<String> found(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : Repository.files(root, path -> true)) {
            if (SECRET.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .find()) {
                found.add(root.relativize(file).toString());
            }
        }
        return found;
    }
}
