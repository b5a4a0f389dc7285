package dev.countersign.client.internal.queue;

import dev.countersign.client.internal.support.Clock;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
 * <p>A queue that is never opened stays in memory. When a file cannot be made (the disk is full) new events stay in
 * memory until {@link #retry} finds that it can. What was written survives the process, but not a power cut in the next
 * seconds: nothing is forced to the disk.
 */
public final class EventQueue {
    private static final int LEAST_SEGMENT = 128 * 1024;
    private static final int MOST_SEGMENT = 8 * 1024 * 1024;

    private final int maxEvents;
    private final long maxBytes;
    private final Clock clock;
    private final Drops drops;

    private final Object lock = new Object();
    // Everything below is guarded by the lock.
    private EventLists lists = new EventLists();
    private List<QueuedEvent> travelling = new ArrayList<>();
    private @Nullable SegmentStore store;
    private @Nullable List<Segment> backlog;
    /** Whose events are to be dropped when the backlog is read. */
    private final List<OwnerFilter> removedWhileLoading = new ArrayList<>();

    /** Given up, and not told yet. */
    private List<QueuedEvent> evicted = new ArrayList<>();

    private long lastSequence;
    private int inMemory;
    private boolean closed;

    /** Holds at most this many events, and at most this many bytes unless a single event is more. */
    public EventQueue(int maxEvents, long maxBytes, Clock clock, Drops drops) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.drops = drops;
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
        SegmentStore opened = new SegmentStore(directory, segment, most, lock, executor, reports);
        synchronized (lock) {
            if (closed) {
                return;
            }
            store = opened;
            backlog = opened.backlog();
            storeAll();
        }
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
        List<QueuedEvent> unwanted = new ArrayList<>();
        List<QueuedEvent> gone;
        synchronized (lock) {
            backlog = null;
            if (closed || store == null) {
                return;
            }
            Set<QueuedEvent> meant = new LinkedHashSet<>(); // not those that their owners have added since
            for (OwnerFilter owners : removedWhileLoading) {
                meant.addAll(older.of(owners));
            }
            older.addAll(lists);
            lists = older;
            store.backlogRead(lists);
            unwanted.addAll(takeOut(new ArrayList<>(meant)));
            makeRoom(0, 0);
            gone = takeEvicted();
        }
        if (!unwanted.isEmpty()) {
            drops.cleared(unwanted);
        }
        tellFull(gone);
    }

    /** Tries to get events that are in memory for want of room on the disk into files. */
    public void retry() {
        synchronized (lock) {
            if (store != null) {
                store.retry();
                storeAll();
            }
        }
    }

    private void storeAll() {
        QueuedEvent event = lists.first();
        while (event != null && inMemory > 0) {
            if (event.segment() == null) {
                if (store == null || !store.hasRoom(event.length())) {
                    return;
                }
                if (!event.linked) { // it went while this waited for room
                    event = lists.first();
                    continue;
                }
                long age = clock.elapsedMillis() - event.queuedAtMillis();
                store.write(event, clock.wallMillis() - age, event.bytes(), event.length());
                inMemory--;
            }
            event = lists.after(event);
        }
    }

    /**
     * Appends the first {@code length} bytes of {@code event}, which are copied.
     *
     * @return the event as it was taken, or null after {@link #close}
     */
    public @Nullable QueuedEvent add(String owner, byte[] event, int length) {
        long now = clock.elapsedMillis();
        List<QueuedEvent> gone;
        QueuedEvent added;
        synchronized (lock) {
            boolean inFile = reserve(length); // first, because it may wait, and others come in between
            if (closed) {
                return null;
            }
            makeRoom(1, length);
            added = new QueuedEvent(++lastSequence, lists.lane(owner), now, length);
            if (inFile && store != null) {
                store.write(added, clock.wallMillis(), event, length);
            } else {
                added.holdBytes(Arrays.copyOf(event, length));
                inMemory++;
            }
            lists.addLast(added);
            gone = takeEvicted();
        }
        tellFull(gone);
        return added;
    }

    /** Whether there is room in a file; not past events in memory, for an earlier one must not be lost alone. */
    private boolean reserve(int length) {
        if (store == null || inMemory > 0) {
            return false;
        }
        while (!store.hasRoom(length)) {
            QueuedEvent oldest = lists.first();
            if (oldest == null || !store.isFull()) {
                return false;
            }
            evict(oldest);
        }
        store.relieve(lists);
        return true;
    }

    private void makeRoom(int events, int length) {
        QueuedEvent oldest = lists.first();
        while (oldest != null && (lists.size() + events > maxEvents || lists.bytes() + length > maxBytes)) {
            evict(oldest);
            oldest = lists.first();
        }
    }

    private void evict(QueuedEvent oldest) {
        if (drops.wantsBytes()) {
            oldest.load();
        }
        takeOut(oldest);
        evicted.add(oldest);
    }

    private void takeOut(QueuedEvent event) {
        lists.remove(event);
        Segment segment = event.segment();
        if (segment == null) {
            inMemory--;
        } else if (store != null && !closed) { // another client may have the files by then
            store.remove(event, segment);
        }
    }

    private List<QueuedEvent> takeEvicted() {
        if (evicted.isEmpty()) {
            return Collections.emptyList();
        }
        List<QueuedEvent> taken = evicted;
        evicted = new ArrayList<>();
        return taken;
    }

    private void tellFull(List<QueuedEvent> gone) {
        for (QueuedEvent oldest : gone) {
            drops.full(oldest);
        }
    }

    /** How many events each owner has. */
    public Map<String, Integer> owners() {
        synchronized (lock) {
            return lists.counts();
        }
    }

    /**
     * The oldest events of these owners, in order: at most this many, and this many bytes unless the first alone is more.
     * Their bytes are at hand until the next call. For one thread.
     */
    public List<QueuedEvent> peek(Collection<String> owners, int maxEvents, long maxBytes) {
        synchronized (lock) {
            for (QueuedEvent event : travelling) {
                event.arrive();
            }
            travelling = lists.oldest(owners, maxEvents, maxBytes);
            for (QueuedEvent event : travelling) {
                event.depart();
            }
            return new ArrayList<>(travelling);
        }
    }

    /** Takes out these, which {@link #peek} or {@link #add} gave, and returns those that were still there. */
    public List<QueuedEvent> remove(Collection<QueuedEvent> events) {
        List<QueuedEvent> removed = new ArrayList<>(events.size());
        synchronized (lock) {
            for (QueuedEvent event : events) {
                if (event.linked) {
                    event.load();
                    takeOut(event);
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
            return takeOut(lists.of(owners));
        }
    }

    private List<QueuedEvent> takeOut(List<QueuedEvent> events) {
        for (QueuedEvent event : events) {
            event.load();
            takeOut(event);
        }
        return events;
    }

    /** Drops what was queued longer ago than this. */
    public void expire(long maxAgeMillis) {
        long before = clock.elapsedMillis() - maxAgeMillis;
        List<QueuedEvent> expired = new ArrayList<>(0);
        synchronized (lock) {
            for (QueuedEvent oldest = lists.first();
                    oldest != null && oldest.queuedAtMillis() < before;
                    oldest = lists.first()) {
                oldest.load();
                takeOut(oldest);
                expired.add(oldest);
            }
        }
        if (!expired.isEmpty()) {
            drops.expired(expired);
        }
    }

    /** How many events there are. */
    public int size() {
        synchronized (lock) {
            return lists.size();
        }
    }

    /** How many of them would be lost with the process. */
    public int inMemory() {
        synchronized (lock) {
            return inMemory;
        }
    }

    /** How many bytes the events have. */
    public long bytes() {
        synchronized (lock) {
            return lists.bytes();
        }
    }

    /** The sequence of the event added last, 0 before the first. */
    public long lastSequence() {
        synchronized (lock) {
            return lastSequence;
        }
    }

    /** Whether any event up to this sequence is still there. */
    public boolean holdsUpTo(long sequence) {
        synchronized (lock) {
            QueuedEvent oldest = lists.first();
            return oldest != null && oldest.sequence() <= sequence;
        }
    }

    /** Takes no more events. Returns those that are lost with the process, which are gone from the queue. */
    public List<QueuedEvent> close() {
        synchronized (lock) {
            closed = true;
            List<QueuedEvent> lost = new ArrayList<>();
            for (QueuedEvent event = lists.first(); event != null && inMemory > 0; event = lists.after(event)) {
                if (event.segment() == null) {
                    lost.add(event);
                }
            }
            takeOut(lost);
            if (store != null) {
                store.close();
            }
            return lost;
        }
    }
}
