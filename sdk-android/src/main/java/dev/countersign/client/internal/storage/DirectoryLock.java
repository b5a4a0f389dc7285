package dev.countersign.client.internal.storage;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one client at a time uses a directory. Within a process a claim, which needs no file, tells at once;
 * between processes the system's file lock does, which ends with its process however that ends. Safe for use by several
 * threads.
 */
public final class DirectoryLock {
    private static final Set<String> CLAIMED = new HashSet<>();

    private final Place place;
    private final String claim;
    // Guarded by this.
    private @Nullable File directory;
    private @Nullable RandomAccessFile file;
    private boolean released;

    private DirectoryLock(Place place, String claim) {
        this.place = place;
        this.claim = claim;
    }

    /** Where a directory is. */
    public interface Place {
        /** Finds it; may do I/O. */
        File find() throws IOException;
    }

    /**
     * Claims the directory for one client of this process. Does no I/O.
     *
     * @throws IllegalStateException when another client of this process has it
     */
    public static DirectoryLock claim(File directory) {
        return claim(directory.getAbsolutePath(), () -> directory);
    }

    /**
     * The same for a directory whose path is found later.
     *
     * @param name the same for the same directory of this process
     */
    public static DirectoryLock claim(String name, Place place) {
        synchronized (CLAIMED) {
            if (!CLAIMED.add(name)) {
                throw new IllegalStateException("directory: " + name
                        + " is used by another client of this process, allowed is one until it is closed;"
                        + " clients of one directory need different names");
            }
        }
        return new DirectoryLock(place, name);
    }

    /**
     * Finds the directory, makes it if need be and keeps other processes out of it.
     *
     * @return the directory
     *
     * @throws IOException when that cannot be done, or another process was first
     */
    public synchronized File acquire() throws IOException {
        File found = find();
        if (file != null || released) {
            return found;
        }
        make(found);
        RandomAccessFile opened = new RandomAccessFile(new File(found, "lock"), "rw");
        boolean locked = false;
        try {
            FileLock lock = opened.getChannel().tryLock();
            locked = lock != null;
        } catch (OverlappingFileLockException e) {
            // Held in this process under another spelling of the path.
        } finally {
            if (!locked) {
                opened.close();
            }
        }
        if (!locked) {
            throw new IOException("the directory " + found + " is used by another client");
        }
        file = opened;
        return found;
    }

    /**
     * Where the directory is, locked or not, there or not.
     *
     * @throws IOException when that is not known
     */
    public synchronized File find() throws IOException {
        File found = directory == null ? place.find() : directory;
        directory = found;
        return found;
    }

    /** For the user who runs the app alone: events name users. */
    private static void make(File directory) throws IOException {
        if (directory.isDirectory()) {
            return;
        }
        if (!directory.mkdirs()) {
            throw new IOException("cannot make the directory " + directory);
        }
        directory.setReadable(false, false);
        directory.setReadable(true, true);
        directory.setWritable(false, false);
        directory.setWritable(true, true);
        directory.setExecutable(false, false);
        directory.setExecutable(true, true);
    }

    /** Lets others use the directory; nothing more may be written to it. */
    public synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        RandomAccessFile held = file;
        file = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                // The lock ends with the process at the latest.
            }
        }
        synchronized (CLAIMED) {
            CLAIMED.remove(claim);
        }
    }
}
