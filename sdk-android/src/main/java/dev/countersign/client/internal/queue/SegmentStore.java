package dev.countersign.client.internal.queue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a queue. Events go into the active one; when it is full a free one takes its place, and one that holds
 * nothing any more becomes free. Another thread makes files ahead of need, so that the caller's makes no file call: it
 * waits for that thread at worst. Guarded by the lock of the queue, except for {@link #open}.
 */
final class SegmentStore {
    private static final Pattern NAME = Pattern.compile("\\d{6,9}\\.events");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SPARES = 2;

    private final File directory;
    private final int segmentBytes;
    private final int maxSegments;
    private final Object lock;
    private final Executor executor;
    private final StorageReports reports;
    private final ByteBuffer scratch = ByteBuffer.allocate(Segment.MAX_RECORD);

    // Everything below is guarded by the lock.
    private final List<Segment> existing = new ArrayList<>();
    /** Full, and with live events. */
    private final List<Segment> sealed = new ArrayList<>();

    private final Deque<Segment> free = new ArrayDeque<>();
    private @Nullable Segment active;
    private long generation;
    private int lastFile;
    private int files;
    private boolean preparing;
    private boolean failed;
    private boolean cramped;
    private boolean closed;

    private SegmentStore(
            File directory, int segmentBytes, int maxSegments, Object lock, Executor executor, StorageReports reports) {
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.maxSegments = maxSegments;
        this.lock = lock;
        this.executor = executor;
        this.reports = reports;
    }

    /**
     * Opens the files of a directory, so that events can be written; {@link #backlog} has still to be read. How long this
     * takes does not depend on how many events there are.
     */
    static SegmentStore open(
            File directory, int segmentBytes, int maxSegments, Object lock, Executor executor, StorageReports reports)
            throws IOException {
        SegmentStore store = new SegmentStore(directory, segmentBytes, maxSegments, lock, executor, reports);
        File[] found = directory.listFiles((folder, name) -> NAME.matcher(name).matches());
        if (found == null) {
            throw new IOException("cannot list the directory " + directory);
        }
        for (File file : found) {
            store.openExisting(file);
        }
        Segment first = store.free.poll();
        if (first == null) {
            first = Segment.create(store.nextFile(), segmentBytes);
            store.files++;
        }
        first.begin(++store.generation);
        store.active = first;
        return store;
    }

    private void openExisting(File file) {
        lastFile = Math.max(
                lastFile,
                Integer.parseInt(file.getName().substring(0, file.getName().indexOf('.'))));
        try {
            Segment segment = Segment.open(file);
            generation = Math.max(generation, segment.generation());
            if (segment.generation() > 0) {
                if (!segment.isWhole()) {
                    reports.storageProblem(file.getName() + " is damaged or was cut short: some events are lost");
                }
                existing.add(segment);
            } else if (segment.isBlank() && segment.capacity() == segmentBytes) {
                free.add(segment);
            } else {
                if (!segment.isBlank()) {
                    reports.storageProblem(file.getName() + " is damaged: what it held is lost");
                }
                file.delete();
                return;
            }
            files++;
        } catch (IOException e) {
            reports.storageProblem(file.getName() + " is left alone: " + e.getMessage());
        }
    }

    /** The files that were there before. */
    List<Segment> backlog() {
        return existing;
    }

    /**
     * Whether an event of this length can be written now. May wait for a file that is being made, without the lock
     * meanwhile.
     */
    boolean hasRoom(int length) {
        long deadline = 0;
        while (!closed) {
            if (active != null && active.hasRoom(length)) {
                return true;
            }
            if (!roll()) {
                deadline = deadline == 0 ? System.nanoTime() + PATIENCE_NANOS : deadline;
                if (!awaitSpare(deadline)) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Writes an event down, for which there is room. */
    void write(QueuedEvent event, long wallMillis, byte[] bytes, int length) {
        write(event, wallMillis, 0, bytes, length);
    }

    private void write(QueuedEvent event, long wallMillis, long order, byte[] bytes, int length) {
        Segment into = active;
        if (into == null) {
            throw new IllegalStateException("no file to write to");
        }
        int at = into.append(scratch, event.lane().tag(), wallMillis, order, bytes, length);
        event.storedAt(into, at);
    }

    private boolean roll() {
        Segment next = free.poll();
        if (next == null) {
            prepareAhead();
            next = free.poll(); // an executor may run at once
        }
        if (next == null) {
            return false;
        }
        Segment full = active;
        active = next;
        next.begin(++generation);
        if (full != null) {
            sealed.add(full);
            retireIfEmpty(full);
        }
        if (free.isEmpty()) {
            prepareAhead();
            cramped = files >= maxSegments && free.isEmpty();
        }
        return true;
    }

    private void prepareAhead() {
        if (preparing || failed || closed || files >= maxSegments) {
            return;
        }
        preparing = true;
        try {
            executor.execute(this::prepare);
        } catch (RuntimeException e) {
            preparing = false;
            failed = true;
        }
    }

    private void prepare() {
        File file;
        synchronized (lock) {
            file = nextFile();
        }
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

    /** Waits while a file is being made; false when none is, or it takes too long. */
    private boolean awaitSpare(long deadline) {
        long left = deadline - System.nanoTime();
        if (!preparing || left <= 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(lock, left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }

    /** After a failure: files may be made again. */
    void retry() {
        failed = false;
        prepareAhead();
    }

    /** Whether no more files may be made and all are in use: something has to go. */
    boolean isFull() {
        return files >= maxSegments && free.isEmpty() && !preparing;
    }

    void remove(QueuedEvent event, Segment segment) {
        segment.remove(event.at());
        retireIfEmpty(segment);
    }

    private void retireIfEmpty(Segment segment) {
        if (segment.live() == 0 && segment != active) {
            sealed.remove(segment);
            dispose(segment);
        }
    }

    private void dispose(Segment empty) {
        if (free.size() < SPARES && empty.capacity() == segmentBytes) {
            free.add(empty);
            return;
        }
        files--;
        try {
            // Where a mapped file cannot be deleted it stays until the next start, and is empty then.
            executor.execute(() -> empty.file().delete());
        } catch (RuntimeException e) {
            // So it does when the executor has ended.
        }
    }

    /** After the backlog was read: files without a live event are free. */
    void backlogRead(List<Segment> backlog) {
        sealed.addAll(0, backlog);
        for (Segment segment : backlog) {
            retireIfEmpty(segment);
        }
    }

    /** Those that are less than half full: the active file, begun just now, may have room for their events. */
    Set<Segment> sparse(List<Segment> candidates) {
        Set<Segment> found = new HashSet<>();
        for (Segment segment : candidates) {
            if (segment.liveBytes() < segmentBytes / 2) {
                found.add(segment);
            }
        }
        return found;
    }

    /** The file that holds least, if one has to become free because no more may be made and another was begun just now. */
    Set<Segment> sparsest() {
        if (!cramped) {
            return Collections.emptySet();
        }
        cramped = false;
        Segment found = null;
        for (Segment segment : sealed) {
            found = found == null || segment.liveBytes() < found.liveBytes() ? segment : found;
        }
        boolean worthIt = found != null && found.liveBytes() < segmentBytes / 10 * 9;
        return worthIt ? Collections.singleton(found) : Collections.<Segment>emptySet();
    }

    /** Copies an event into the active file and frees its place. */
    void move(QueuedEvent event, Segment from) {
        int at = event.at();
        byte[] bytes = from.event(at);
        if (active != null && active.hasRoom(bytes.length)) {
            write(event, from.wallMillis(at), from.order(at), bytes, bytes.length);
            from.remove(at);
            retireIfEmpty(from);
        }
    }

    /** Nothing is written any more. */
    void close() {
        closed = true;
        lock.notifyAll();
    }

    private File nextFile() {
        return new File(directory, String.format(Locale.ROOT, "%06d.events", ++lastFile));
    }
}
