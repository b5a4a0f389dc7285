package dev.countersign.samples.collector.environment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The key under which secrets are encrypted: from the operator, or from a file that is created when it is missing. */
public final class MasterKey {
    private MasterKey() {}

    /**
     * A key as the operator gives it.
     *
     * @param base64 32 bytes in Base64
     * @throws IllegalArgumentException when it is anything else
     */
    public static byte[] parse(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the master key is no Base64", e);
        }
        if (key.length != SecretBox.KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the master key has " + key.length + " bytes; allowed are " + SecretBox.KEY_BYTES);
        }
        return key;
    }

    /**
     * The key of a file; creates it with mode 0600.
     *
     * @param file where it lies
     * @throws IOException when it cannot be read or created
     */
    public static byte[] load(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        return parse(Files.readString(file));
    }

    /** Whole or not there at all, and on the disk before any secret is encrypted under it. */
    private static void create(Path file) throws IOException {
        byte[] key = new byte[SecretBox.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path draft = Path.of(file + ".draft");
        Files.deleteIfExists(draft); // Of a start that was cut off.
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, options, ownerOnly)) {
            ByteBuffer text = ByteBuffer.wrap(Base64.getEncoder().encode(key));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
