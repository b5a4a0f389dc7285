package dev.countersign.samples.cli.ring;

import dev.countersign.samples.cli.output.Failure;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A ring file that several people and programs change. Each change is made under a lock, to the ring as it is then;
 * readers need no lock and see the old ring or the new one.
 */
public final class RingFile {
    private final Path file;

    private RingFile(Path file) {
        this.file = file;
    }

    /** The ring file, which need not exist yet. A symbolic link is followed. */
    public static RingFile at(Path path) throws IOException {
        return new RingFile(Files.exists(path) ? path.toRealPath() : path.toAbsolutePath());
    }

    /** Whether there is a file. */
    public boolean exists() {
        return Files.exists(file);
    }

    /** The ring as it is now. */
    public KeyRing read() throws IOException {
        return KeyRingFile.read(file);
    }

    /** A warning when others than the owner may read the file; null when not. */
    public @Nullable String modeProblem() throws IOException {
        return FileOwner.problem(file);
    }

    /**
     * Makes a new file with this ring.
     *
     * @throws Failure when there is a file already
     */
    public KeyRing create(KeyRing ring) throws IOException {
        requireDirectory();
        return RingLock.holding(file, () -> {
            if (exists()) {
                throw Failure.forbidden("RING_EXISTS", "ring file " + file + " exists; leave --create-ring out");
            }
            KeyRingFile.write(file, ring);
            return ring;
        });
    }

    /**
     * Changes the ring.
     *
     * @param expectedVersion the version that the operator has seen; null takes the ring as it is
     * @param step from the ring as it is now to the next one; throws when the step is not allowed
     * @return the changed ring
     * @throws Failure when the ring has another version, or its lock cannot be had in 10 seconds
     */
    public KeyRing change(@Nullable Long expectedVersion, UnaryOperator<KeyRing> step) throws IOException {
        if (!exists()) {
            throw Failure.file("ring file " + file + " does not exist; keys new --create-ring makes one");
        }
        return RingLock.holding(file, () -> {
            KeyRing now = read();
            if (expectedVersion != null && now.version() != expectedVersion) {
                throw Failure.conflict("the ring's version is " + now.version() + ", not " + expectedVersion
                        + ": somebody changed it meanwhile; look at it again");
            }
            PosixFileAttributes former = FileOwner.of(file);
            KeyRing changed = step.apply(now);
            KeyRingFile.write(file, changed);
            FileOwner.restore(file, former);
            FileOwner.restore(RingLock.fileOf(file), former);
            return changed;
        });
    }

    private void requireDirectory() {
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw Failure.file("the folder of ring file " + file + " does not exist; make it first");
        }
    }
}
