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

    private final File directory;
    private final String path;
    private @Nullable RandomAccessFile file;
    private boolean released;

    private DirectoryLock(File directory, String path) {
        this.directory = directory;
        this.path = path;
    }

    /**
     * Claims the directory for one client of this process. Does no I/O.
     *
     * @throws IllegalStateException when another client of this process has it
     */
    public static DirectoryLock claim(File directory) {
        String path = directory.getAbsolutePath();
        synchronized (CLAIMED) {
            if (!CLAIMED.add(path)) {
                throw new IllegalStateException("directory: " + path
                        + " is used by another client of this process, allowed is one until it is closed;"
                        + " clients of one directory need different names");
            }
        }
        return new DirectoryLock(directory, path);
    }

    /** The directory. */
    public File directory() {
        return directory;
    }

    /**
     * Makes the directory if need be and keeps other processes out of it.
     *
     * @throws IOException when that cannot be done, or another process was first
     */
    public synchronized void acquire() throws IOException {
        if (file != null || released) {
            return;
        }
        makeDirectory();
        RandomAccessFile opened = new RandomAccessFile(new File(directory, "lock"), "rw");
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
            throw new IOException("the directory " + path + " is used by another client");
        }
        file = opened;
    }

    /** For the user who runs the app alone: events name users. */
    private void makeDirectory() throws IOException {
        if (directory.isDirectory()) {
            return;
        }
        if (!directory.mkdirs()) {
            throw new IOException("cannot make the directory " + path);
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
            CLAIMED.remove(path);
        }
    }
}
