package dev.countersign.client.internal.queue;

import java.io.File;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Files that hold nothing. Another thread makes them ahead of need, so that the caller's makes no file call. Guarded by
 * the lock of the queue.
 */
final class SegmentPool {
    /** Of nine digits. */
    private static final int LAST_FILE = 999_999_999;

    private static final int SPARES = 2;

    private final File directory;
    private final int segmentBytes;
    private final int maxSegments;
    private final Object lock;
    private final Executor executor;
    private final StorageReports reports;

    // Everything below is guarded by the lock.
    private final Deque<Segment> free = new ArrayDeque<>();
    private int lastFile;
    /** All files of the queue, in use or not. */
    private int files;

    private boolean preparing;
    private boolean failed;
    private boolean closed;

    SegmentPool(
            File directory, int segmentBytes, int maxSegments, Object lock, Executor executor, StorageReports reports) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.maxSegments = maxSegments;
        this.lock = lock;
        this.executor = executor;
        this.reports = reports;
    }

    /** This file is in the directory: no other gets its number. */
    void reserve(File existing) {
        String name = existing.getName();
        lastFile = Math.max(lastFile, Integer.parseInt(name.substring(0, name.indexOf('.'))));
    }

    /** A file that is in use. */
    void count() {
        files++;
    }

    /** Takes a free file, or makes one on this thread. */
    Segment takeOrMake() throws IOException {
        Segment taken = free.poll();
        if (taken == null) {
            taken = Segment.create(nextFile(), segmentBytes);
            files++;
        }
        return taken;
    }

    /** Takes a free file if there is one, and has the next made. */
    @Nullable
    Segment take() {
        Segment taken = free.poll();
        if (taken == null) {
            prepare();
            taken = free.poll(); // an executor may run at once
        }
        if (taken != null && free.isEmpty()) {
            prepare();
        }
        return taken;
    }

    /** A file that holds nothing any more. */
    void giveBack(Segment empty) {
        if (free.size() < SPARES && empty.capacity() == segmentBytes) {
            free.add(empty);
            return;
        }
        files--;
        try {
            executor.execute(() -> delete(empty));
        } catch (RuntimeException e) {
            // It stays until the next start, and is empty then.
        }
    }

    private void delete(Segment empty) {
        // Where a mapped file cannot be deleted it is kept for later, unless it is of another size, perhaps too short.
        if (!empty.file().delete() && empty.capacity() == segmentBytes) {
            synchronized (lock) {
                files++;
                free.add(empty);
            }
        }
    }

    /** Whether no more files may be made and all are in use: something has to go. */
    boolean isExhausted() {
        return files >= maxSegments && free.isEmpty() && !preparing;
    }

    /** After a failure: files may be made again. */
    void retry() {
        failed = false;
        prepare();
    }

    /** Waits a while for a file that is being made, without the lock; false when none is, or it takes too long. */
    boolean await(long deadlineNanos) {
        long left = deadlineNanos - System.nanoTime();
        if (!preparing || left <= 0) {
            return false;
        }
        boolean interrupted = false;
        boolean waited = false;
        while (!waited && preparing && !closed && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(lock, left);
                waited = true;
            } catch (InterruptedException e) {
                interrupted = true; // the caller's own affair: its event is to be kept all the same
                left = deadlineNanos - System.nanoTime();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** Makes nothing any more. */
    void close() {
        closed = true;
        lock.notifyAll();
    }

    private void prepare() {
        if (preparing || failed || closed || files >= maxSegments) {
            return;
        }
        preparing = true;
        File file = nextFile();
        try {
            executor.execute(() -> make(file));
        } catch (RuntimeException e) {
            preparing = false;
            failed = true;
        }
    }

    private void make(File file) {
        Segment made = null;
        String failure = "";
        try {
            made = Segment.create(file, segmentBytes);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            failure = "no room for more events on the disk: " + e.getMessage();
        }
        boolean late;
        synchronized (lock) {
            late = closed;
            preparing = false;
            failed = made == null;
            if (made != null && !late) {
                files++;
                free.add(made);
            }
            lock.notifyAll();
        }
        if (made == null) {
            reports.storageProblem(failure);
        } else if (late) {
            file.delete();
        }
    }

    private File nextFile() {
        lastFile = lastFile % LAST_FILE + 1;
        return new File(directory, String.format(Locale.ROOT, "%06d.events", lastFile));
    }
}
