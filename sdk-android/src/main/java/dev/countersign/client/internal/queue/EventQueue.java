package dev.countersign.client.internal.queue;

import dev.countersign.client.internal.support.Clock;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Holds events until they are delivered: peek, deliver, remove. It knows bytes and an opaque owner tag, not events.
 * Bounded: to make room the oldest is dropped first, and every drop is told to the {@link Drops} it was made with. Safe
 * for use by several threads; {@link #open} and {@link #load} do file I/O, no other call does on its caller's thread.
 *
 * <pre>
 *          events are
 * made     in memory
 * open     in files, new ones and those from memory: they survive the end of the process, however it ends
 * load     joined by those that an earlier process left
 * </pre>
 *
 * <p>What was taken out is overwritten in the files; what was given up for want of room stays there until its file is
 * used again.
 *
 * <p>A queue that is never opened stays in memory. When a file cannot be made (the disk is full) new events stay in
 * memory until {@link #retry} finds that it can. What was written survives the process, but not a power cut in the next
 * seconds: nothing is forced to the disk.
 */
public final class EventQueue {
    private static final int LEAST_SEGMENT = 128 * 1024;
    private static final int MOST_SEGMENT = 8 * 1024 * 1024;

    private final long maxBytes;
    private final Clock clock;
    private final Drops drops;

    /** Of the thread that peeks. */
    private List<QueuedEvent> travelling = new ArrayList<>();

    private final Object lock = new Object();
    // Everything below is guarded by the lock.
    private final Contents contents;
    private @Nullable List<Segment> backlog;
    /** Whose events are to be dropped when the backlog is read. */
    private final List<OwnerFilter> removedWhileLoading = new ArrayList<>();

    /** Holds at most this many events, and at most this many bytes unless a single event is more. */
    public EventQueue(int maxEvents, long maxBytes, Clock clock, Drops drops) {
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.drops = drops;
        this.contents = new Contents(maxEvents, maxBytes, clock, drops);
    }

    /**
     * Goes on in the files of this directory, which nobody else uses. Takes the same time however many events there are.
     *
     * @param executor makes files ahead of need
     * @throws IOException when that cannot be done; the queue stays in memory
     */
    public void open(File directory, Executor executor, StorageReports reports) throws IOException {
        int segment = (int) Math.max(LEAST_SEGMENT, Math.min(maxBytes / 32, MOST_SEGMENT));
        // A quarter more than the events: what is around them, and places of removed ones that are not free yet.
        int most = (int) (maxBytes / 4 * 5 / segment) + 4;
        int untold;
        SegmentStore opened = new SegmentStore(directory, segment, most, lock, executor, reports);
        synchronized (lock) {
            if (contents.isClosed()) {
                return;
            }
            contents.attach(opened);
            backlog = opened.backlog();
            untold = (int) opened.evictions().untold();
        }
        drops.fullEarlier(untold);
    }

    /** Reads what an earlier process left; does nothing the second time. */
    public void load(StorageReports reports) {
        List<Segment> files;
        synchronized (lock) {
            if (backlog == null) {
                return;
            }
            files = backlog;
        }
        Backlog found = new Backlog(clock);
        for (Segment file : files) {
            found.read(file, reports);
        }
        EventLists older = found.inOrder();
        List<QueuedEvent> unwanted;
        List<QueuedEvent> gone;
        synchronized (lock) {
            backlog = null;
            SegmentStore store = contents.store();
            if (contents.isClosed() || store == null) {
                return;
            }
            Set<QueuedEvent> meant = new LinkedHashSet<>(); // not those that their owners have added since
            for (OwnerFilter owners : removedWhileLoading) {
                meant.addAll(older.of(owners));
            }
            contents.join(store, older);
            unwanted = new ArrayList<>(meant);
            contents.takeOutAll(unwanted);
            contents.makeRoom(0, 0);
            contents.storeAll(); // those that found no room beside unread files
            gone = contents.takeEvicted();
        }
        if (!unwanted.isEmpty()) {
            drops.cleared(unwanted);
        }
        tellFull(gone);
    }

    /** Tries to get events that are in memory for want of room on the disk into files. */
    public void retry() {
        synchronized (lock) {
            SegmentStore store = contents.store();
            if (store != null) {
                store.retry();
                contents.storeAll();
            }
        }
    }

    /**
     * Appends the first {@code length} bytes of {@code event}, which are copied.
     *
     * @return the event as it was taken, or null after {@link #close}
     */
    public @Nullable QueuedEvent add(String owner, byte[] event, int length) {
        List<QueuedEvent> gone;
        QueuedEvent added;
        synchronized (lock) {
            boolean inFile = contents.reserve(length);
            if (contents.isClosed()) {
                return null;
            }
            added = contents.add(owner, event, length, inFile);
            gone = contents.takeEvicted();
        }
        tellFull(gone);
        return added;
    }

    private void tellFull(List<QueuedEvent> gone) {
        for (QueuedEvent oldest : gone) {
            drops.full(oldest);
        }
    }

    /** The app knows now of so many more events for which there was no room. */
    public void toldFull(int events) {
        synchronized (lock) {
            SegmentStore store = contents.store();
            if (store != null && !contents.isClosed()) {
                store.evictions().told(events);
            }
        }
    }

    /** How many events each owner has. */
    public Map<String, Integer> owners() {
        synchronized (lock) {
            return contents.lists().counts();
        }
    }

    /**
     * The oldest events of these owners, in order: at most this many, and this many bytes unless the first alone is more.
     * Their bytes are at hand until the next call. For one thread.
     */
    public List<QueuedEvent> peek(Collection<String> owners, int maxEvents, long maxBytes) {
        for (QueuedEvent event : travelling) {
            synchronized (lock) { // not once for all: whoever adds an event meanwhile would wait for that
                event.arrive();
            }
        }
        travelling = new ArrayList<>();
        List<QueuedEvent> oldest;
        do {
            synchronized (lock) {
                oldest = contents.isClosed()
                        ? Collections.emptyList()
                        : contents.lists().oldest(owners, maxEvents, maxBytes);
            }
            for (QueuedEvent event : oldest) {
                depart(event);
            }
        } while (travelling.isEmpty() && !oldest.isEmpty()); // all of them were taken out meanwhile
        return new ArrayList<>(travelling);
    }

    private void depart(QueuedEvent event) {
        synchronized (lock) {
            if (event.linked && !contents.isClosed()) {
                travelling.add(event);
                event.depart();
            }
        }
    }

    /** Takes out these, which {@link #peek} or {@link #add} gave, and returns those that were still there. */
    public List<QueuedEvent> remove(Collection<QueuedEvent> events) {
        List<QueuedEvent> removed = new ArrayList<>(events.size());
        for (QueuedEvent event : events) {
            synchronized (lock) { // as in peek
                if (event.linked) {
                    contents.takeOut(event);
                    removed.add(event);
                }
            }
        }
        return removed;
    }

    /**
     * Takes out every event of these owners, and returns them. Those that have yet to be read from a file follow when
     * they are, and are told to {@link Drops#cleared}.
     */
    public List<QueuedEvent> removeAll(OwnerFilter owners) {
        synchronized (lock) {
            if (backlog != null) {
                removedWhileLoading.add(owners);
            }
            List<QueuedEvent> theirs = contents.lists().of(owners);
            contents.takeOutAll(theirs);
            return theirs;
        }
    }

    /** Drops what was queued longer ago than this. */
    public void expire(long maxAgeMillis) {
        long before = clock.elapsedMillis() - maxAgeMillis;
        List<QueuedEvent> expired = new ArrayList<>(0);
        synchronized (lock) {
            QueuedEvent event = contents.lists().first();
            while (event != null && event.queuedAtMillis() < before) {
                expired.add(event);
                event = contents.lists().after(event);
            }
            contents.takeOutAll(expired);
        }
        if (!expired.isEmpty()) {
            drops.expired(expired);
        }
    }

    /** How many events there are. */
    public int size() {
        synchronized (lock) {
            return contents.lists().size();
        }
    }

    /** How many of them would be lost with the process. */
    public int inMemory() {
        synchronized (lock) {
            return contents.inMemory();
        }
    }

    /** How many bytes the events have. */
    public long bytes() {
        synchronized (lock) {
            return contents.lists().bytes();
        }
    }

    /** The sequence of the event added last, 0 before the first. */
    public long lastSequence() {
        synchronized (lock) {
            return contents.lastSequence();
        }
    }

    /** Whether any event up to this sequence is still there. */
    public boolean holdsUpTo(long sequence) {
        synchronized (lock) {
            QueuedEvent oldest = contents.lists().first();
            // What an earlier process left is older than all: who waits must not take it for delivered before it is
            // read.
            return backlog != null || (oldest != null && oldest.sequence() <= sequence);
        }
    }

    /** Takes no more events. Returns those that are lost with the process, which are gone from the queue. */
    public List<QueuedEvent> close() {
        synchronized (lock) {
            return contents.close();
        }
    }
}
