package dev.countersign.client.internal.queue;

import dev.countersign.client.internal.support.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of a queue, in memory or in files, within its bounds. Guarded by the lock of the queue. */
final class Contents {
    private final int maxEvents;
    private final long maxBytes;
    private final Clock clock;
    private final Drops drops;

    private EventLists lists = new EventLists();
    private @Nullable SegmentStore store;
    /** Given up, wanted by whom it is told to, and not told yet. */
    private List<QueuedEvent> evicted = new ArrayList<>();

    private long lastSequence;
    private int inMemory;
    private boolean closed;

    Contents(int maxEvents, long maxBytes, Clock clock, Drops drops) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.drops = drops;
    }

    EventLists lists() {
        return lists;
    }

    @Nullable
    SegmentStore store() {
        return store;
    }

    int inMemory() {
        return inMemory;
    }

    long lastSequence() {
        return lastSequence;
    }

    boolean isClosed() {
        return closed;
    }

    /** From now on events go into these files; those in memory follow. */
    void attach(SegmentStore files) {
        store = files;
        storeAll();
    }

    /** Puts older events, which are in the files, before all others. */
    void join(SegmentStore files, EventLists older) {
        older.addAll(lists);
        lists = older;
        files.backlogRead(lists);
    }

    /** Gets events that are in memory into files, as far as there is room. */
    void storeAll() {
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
     * Whether an event can go into a file; not past events in memory, for an earlier one must not be lost alone. May wait
     * without the lock: comes before anything else.
     */
    boolean reserve(int length) {
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

    /** Adds an event, into a file if there was room in one. */
    QueuedEvent add(String owner, byte[] event, int length, boolean inFile) {
        makeRoom(1, length);
        QueuedEvent added = new QueuedEvent(++lastSequence, lists.lane(owner), clock.elapsedMillis(), length);
        if (inFile && store != null) {
            store.write(added, clock.wallMillis(), event, length);
        } else {
            added.holdBytes(Arrays.copyOf(event, length));
            inMemory++;
        }
        lists.addLast(added);
        return added;
    }

    /** Gives up the oldest until there is room for this many events more, with this many bytes. */
    void makeRoom(int events, int length) {
        QueuedEvent oldest = lists.first();
        while (oldest != null && (lists.size() + events > maxEvents || lists.bytes() + length > maxBytes)) {
            evict(oldest);
            oldest = lists.first();
        }
    }

    private void evict(QueuedEvent oldest) {
        if (drops.countFull()) {
            oldest.load();
            evicted.add(oldest);
        }
        if (store != null) {
            store.evictions().add();
        }
        discard(oldest);
    }

    /** Those given up since the last call that somebody wants. */
    List<QueuedEvent> takeEvicted() {
        if (evicted.isEmpty()) {
            return Collections.emptyList();
        }
        List<QueuedEvent> taken = evicted;
        evicted = new ArrayList<>();
        return taken;
    }

    /** Takes these out, with their bytes at hand and in no file any more. */
    void takeOutAll(List<QueuedEvent> events) {
        for (QueuedEvent event : events) {
            takeOut(event);
        }
    }

    /** Takes this one out, with its bytes at hand and in no file any more. */
    void takeOut(QueuedEvent event) {
        event.load();
        discard(event);
        Segment segment = event.segment();
        if (segment != null && !closed) {
            segment.erase(event.at(), event.lane().tag(), event.length());
        }
    }

    private void discard(QueuedEvent event) {
        lists.remove(event);
        Segment segment = event.segment();
        if (segment == null) {
            inMemory--;
        } else if (store != null && !closed) { // another client may have the files by then
            store.remove(event, segment);
        }
    }

    /** Changes nothing in the files any more. Returns the events that are not in one, which are taken out. */
    List<QueuedEvent> close() {
        List<QueuedEvent> lost = new ArrayList<>();
        QueuedEvent event = inMemory > 0 ? lists.first() : null;
        for (; event != null; event = lists.after(event)) {
            if (event.segment() == null) {
                lost.add(event);
            }
        }
        takeOutAll(lost);
        closed = true;
        if (store != null) {
            store.close();
        }
        return lost;
    }
}
