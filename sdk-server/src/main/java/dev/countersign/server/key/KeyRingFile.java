package dev.countersign.server.key;

import dev.countersign.server.internal.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

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
 * Statuses are {@code pending}, {@code primary}, {@code retiring} and {@code revoked}. A secret under 16 bytes wants
 * {@code "short": true} beside it ({@link Secret#ofShort}). Members that are not known are
 * refused, so a misspelled one is found. Writing replaces the file as a whole: a reader sees the old ring or the new
 * one, also after a crash.
 */
public final class KeyRingFile {
    private static final int MAX_BYTES = 1 << 20;

    private KeyRingFile() {}

    /**
     * Reads the ring.
     *
     * @throws IOException when the file cannot be read or is not a ring; the message names the file, the field and the
     *     rule, never a secret
     */
    public static KeyRing read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException unreadable) {
            throw new IOException(
                    "ring file " + file + " cannot be read: "
                            + unreadable.getClass().getSimpleName(),
                    unreadable);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("ring file " + file + " has more than " + MAX_BYTES + " bytes, the most allowed");
        }
        try {
            return KeyRingJson.parse(bytes);
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
        // A symbolic link stays one: the file that it names is replaced.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null) {
            throw new IOException(file + " is not the path of a file");
        }
        Path draft = Files.createTempFile(directory, target.getFileName() + ".", ".tmp", ownerOnly(directory));
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(KeyRingJson.format(ring));
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
}
