package dev.countersign.server.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.server.internal.JsonException;
import dev.countersign.server.internal.JsonReader;
import dev.countersign.server.internal.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key ring in a file, JSON in UTF-8:
 *
 * <pre>{@code
 * {"version": 3,
 *  "keys": [
 *    {"id": "2026-11", "status": "primary",  "secret": "sis_…"},
 *    {"id": "2026-10", "status": "retiring", "secret": "sis_…"},
 *    {"id": "2026-09", "status": "revoked"}]}
 * }</pre>
 *
 * Statuses are {@code pending}, {@code primary}, {@code retiring} and {@code revoked}. Members that are not known are
 * refused, so a misspelled one is found. Writing replaces the file as a whole: a reader sees the old ring or the new
 * one, also after a crash.
 */
public final class KeyRingFile {
    private static final long MAX_BYTES = 1 << 20;

    private KeyRingFile() {}

    /**
     * Reads the ring.
     *
     * @throws IOException when the file cannot be read or is not a ring; the message names the file, the field and the
     *     rule, never a secret
     */
    public static KeyRing read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " has " + Files.size(file) + " bytes; allowed are at most " + MAX_BYTES);
        }
        try {
            return ring(JsonReader.readObject(Files.readAllBytes(file)));
        } catch (JsonException | IllegalArgumentException notARing) {
            throw new IOException("ring file " + file + ": " + notARing.getMessage());
        }
    }

    /**
     * Writes the ring, replacing the file atomically. On POSIX systems the new file has mode 0600.
     *
     * @throws IOException when it cannot be written; the former file is then untouched
     */
    public static void write(Path file, KeyRing ring) throws IOException {
        Path target = file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null) {
            throw new IOException(file + " is not the path of a file");
        }
        Path draft = Files.createTempFile(directory, target.getFileName() + ".", ".tmp", ownerOnly(directory));
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(json(ring));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        forceDirectory(directory);
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) throws IOException {
        boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Makes the rename itself survive a power cut, where the system lets a directory be opened. */
    private static void forceDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && !isWindows()) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    private static byte[] json(KeyRing ring) {
        JsonWriter json = new JsonWriter(1024).ascii("{\"version\":").ascii(Long.toString(ring.version()));
        String separator = ",\"keys\":[";
        for (SigningKey key : ring.keys()) {
            json.ascii(separator).ascii("\n{\"id\":").string(key.id());
            json.ascii(",\"status\":").string(key.status().name().toLowerCase(Locale.ROOT));
            if (key.status().verifies()) {
                json.ascii(",\"secret\":").string(key.secret().text());
            }
            json.ascii("}");
            separator = ",";
        }
        return json.raw("]}\n".getBytes(US_ASCII)).toByteArray();
    }

    private static KeyRing ring(Map<String, @Nullable Object> object) {
        requireOnly(object, "", "version", "keys");
        if (!(object.get("version") instanceof Long version)) {
            throw new IllegalArgumentException("version is missing or not a whole number");
        }
        if (!(object.get("keys") instanceof List<?> elements)) {
            throw new IllegalArgumentException("keys is missing or not an array");
        }
        List<SigningKey> keys = new ArrayList<>();
        for (Object element : elements) {
            keys.add(key("keys[" + keys.size() + "]", element));
        }
        return KeyRing.of(version, keys);
    }

    private static SigningKey key(String field, @Nullable Object element) {
        if (!(element instanceof Map<?, ?> object)) {
            throw new IllegalArgumentException(field + " is not an object");
        }
        requireOnly(object, field + ".", "id", "status", "secret");
        String id = string(object, field, "id");
        KeyStatus status = status(field, string(object, field, "status"));
        try {
            return status.verifies()
                    ? SigningKey.of(id, Secret.of(string(object, field, "secret")), status)
                    : SigningKey.revoked(id);
        } catch (IllegalArgumentException problem) {
            throw new IllegalArgumentException(field + ": " + problem.getMessage());
        }
    }

    private static KeyStatus status(String field, String name) {
        for (KeyStatus status : KeyStatus.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(name)) {
                return status;
            }
        }
        throw new IllegalArgumentException(
                field + ".status is unknown; allowed are pending, primary, retiring and revoked");
    }

    private static String string(Map<?, ?> object, String field, String name) {
        if (object.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(field + "." + name + " is missing or not a string");
    }

    private static void requireOnly(Map<?, ?> object, String prefix, String... allowed) {
        // The unknown name itself is not repeated: it might be a secret in the wrong place.
        if (!List.of(allowed).containsAll(object.keySet())) {
            throw new IllegalArgumentException(
                    prefix + " has an unknown member; allowed are " + String.join(", ", allowed));
        }
    }
}
