package dev.countersign.samples.cli.ring;

import dev.countersign.samples.cli.output.Failure;
import dev.countersign.server.key.KeyRing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two runs from changing one ring at a time. The lock is on a file of its own beside the ring, because each
 * change puts a new file in the ring's place; it is empty, stays, and dies with the process that holds it.
 */
final class RingLock {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 20;

    private RingLock() {}

    /** What is done under the lock. */
    @FunctionalInterface
    interface Work {
        KeyRing run() throws IOException;
    }

    /**
     * Waits for the lock, 10 seconds at most, and does the work under it.
     *
     * @param ring the ring file itself, not a symbolic link to it
     */
    static KeyRing holding(Path ring, Work work) throws IOException {
        Path file = fileOf(ring);
        try (FileChannel channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly(ring))) {
            long deadline = System.nanoTime() + WAIT.toNanos();
            while (tryLock(channel) == null) {
                if (System.nanoTime() > deadline) {
                    throw Failure.conflict("another run has held the lock of ring file " + ring + " for "
                            + WAIT.toSeconds() + " s; nothing was changed");
                }
                Thread.sleep(POLL_MILLIS);
            }
            return work.run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.conflict("interrupted while waiting for the lock; nothing was changed");
        }
    }

    /** The lock's file, which is never deleted: a run may be waiting for it. */
    static Path fileOf(Path ring) {
        return ring.resolveSibling(ring.getFileName() + ".lock");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path ring) throws IOException {
        Path directory = ring.toAbsolutePath().getParent();
        boolean posix = directory != null && Files.getFileStore(directory).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
