package dev.countersign.client.internal.queue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a queue. Events go into the active one; when it is full a free one takes its place, and one that holds
 * nothing any more becomes free. Guarded by the lock of the queue, except for {@link #open}.
 */
final class SegmentStore {
    private static final Pattern NAME = Pattern.compile("\\d{6,9}\\.events");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final int segmentBytes;
    private final SegmentPool pool;
    private final StorageReports reports;
    private final EvictionCount evictions;
    private final ByteBuffer scratch = ByteBuffer.allocate(Segment.MAX_RECORD);

    // Everything below is guarded by the lock.
    private final List<Segment> backlog = new ArrayList<>();
    /** Full, and with live events. */
    private final List<Segment> sealed = new ArrayList<>();

    private Segment active;
    private long generation;
    /** Whether a file has to become free, because no more may be made. */
    private boolean cramped;

    private boolean closed;

    /**
     * Opens the files of a directory, so that events can be written; the {@link #backlog} has still to be read. How long
     * this takes does not depend on how many events there are.
     */
    SegmentStore(
            File directory, int segmentBytes, int maxSegments, Object lock, Executor executor, StorageReports reports)
            throws IOException {
        this.segmentBytes = segmentBytes;
        this.reports = reports;
        evictions = new EvictionCount(new File(directory, "evicted"));
        pool = new SegmentPool(directory, segmentBytes, maxSegments, lock, executor, reports);
        File[] found = directory.listFiles((folder, name) -> NAME.matcher(name).matches());
        if (found == null) {
            throw new IOException("cannot list the directory " + directory);
        }
        for (File file : found) {
            pool.reserve(file);
            open(file);
        }
        active = pool.takeOrMake();
        active.begin(++generation);
    }

    private void open(File file) {
        Segment segment;
        try {
            segment = Segment.open(file);
        } catch (IOException e) {
            reports.storageProblem(file.getName() + " is left alone: " + e.getMessage());
            return;
        }
        boolean blank = segment.isBlank();
        if (!blank && !segment.isWhole()) {
            reports.storageProblem(file.getName() + " is damaged or was cut short: some events are lost");
        }
        pool.count();
        if (blank || segment.generation() == 0) {
            pool.giveBack(segment);
        } else {
            generation = Math.max(generation, segment.generation());
            backlog.add(segment);
        }
    }

    EvictionCount evictions() {
        return evictions;
    }

    /** The files that were there before, until they are read. */
    List<Segment> backlog() {
        return backlog;
    }

    /** The backlog was read: files without a live event are free, and the events of sparse ones are gathered. */
    void backlogRead(EventLists events) {
        sealed.addAll(0, backlog);
        Set<Segment> sparse = new HashSet<>();
        for (Segment segment : backlog) {
            if (segment.liveBytes() < segmentBytes / 2) {
                sparse.add(segment);
            }
            retireIfEmpty(segment);
        }
        gather(sparse, events);
        backlog.clear();
    }

    /**
     * Whether an event of this length can be written now. May wait for a file that is being made, without the lock
     * meanwhile.
     */
    boolean hasRoom(int length) {
        long deadline = 0;
        while (!closed) {
            if (active.hasRoom(length)) {
                return true;
            }
            if (!roll()) {
                deadline = deadline == 0 ? System.nanoTime() + PATIENCE_NANOS : deadline;
                if (!pool.await(deadline)) {
                    return false;
                }
            }
        }
        return false;
    }

    private boolean roll() {
        Segment next = pool.take();
        if (next == null) {
            return false;
        }
        sealed.add(active);
        Segment full = active;
        active = next;
        active.begin(++generation);
        retireIfEmpty(full);
        cramped = pool.isExhausted();
        return true;
    }

    /** Writes an event down, for which there is room. */
    void write(QueuedEvent event, long wallMillis, byte[] bytes, int length) {
        write(event, wallMillis, 0, bytes, length);
    }

    private void write(QueuedEvent event, long wallMillis, long order, byte[] bytes, int length) {
        int at = active.append(scratch, event.lane().tag(), wallMillis, order, bytes, length);
        event.storedAt(active, at);
    }

    void remove(QueuedEvent event, Segment segment) {
        segment.remove(event.at(), event.lane().tag(), event.length());
        retireIfEmpty(segment);
    }

    private void retireIfEmpty(Segment segment) {
        if (segment.live() == 0 && segment != active) {
            sealed.remove(segment);
            pool.giveBack(segment);
        }
    }

    /**
     * When no more files may be made, copies the events of the one that holds least into the active one, begun just now.
     */
    void relieve(EventLists events) {
        if (!cramped) {
            return;
        }
        cramped = false;
        @Nullable Segment sparsest = null;
        for (Segment segment : sealed) {
            sparsest = sparsest == null || segment.liveBytes() < sparsest.liveBytes() ? segment : sparsest;
        }
        if (sparsest != null && sparsest.liveBytes() < segmentBytes / 10 * 9) {
            gather(Collections.singleton(sparsest), events);
        }
    }

    /** Copies the events of these files into the active one, as far as it has room, so that the files become free. */
    private void gather(Set<Segment> files, EventLists events) {
        QueuedEvent event = files.isEmpty() ? null : events.first();
        for (; event != null; event = events.after(event)) {
            Segment from = event.segment();
            if (from != null && files.contains(from) && active.hasRoom(event.length())) {
                int at = event.at();
                byte[] bytes = from.event(at);
                write(event, from.wallMillis(at), from.order(at), bytes, bytes.length);
                from.remove(at, event.lane().tag(), event.length());
                from.erase(at, event.lane().tag(), event.length());
                retireIfEmpty(from);
            }
        }
    }

    /** After a failure: files may be made again. */
    void retry() {
        pool.retry();
    }

    /**
     * Whether no more files may be made and all are in use: something has to go. Never before the backlog is read, for
     * its files may hold next to nothing.
     */
    boolean isFull() {
        return backlog.isEmpty() && pool.isExhausted();
    }

    /** Nothing is written any more. */
    void close() {
        closed = true;
        pool.close();
    }
}
