package dev.countersign.client.internal.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A queue in memory, lost with the process. Each event hangs in two linked lists, all events and its owner's, so that
 * adding, evicting and removing cost the same however full the queue is, and events that wait for a proof are never in
 * the way of others.
 */
public final class MemoryQueue implements EventQueue {
    private final int maxEvents;
    private final long maxBytes;
    private final Drops drops;

    private final Object lock = new Object();
    /** Sentinel of the list of all events. Everything below is guarded by {@link #lock}. */
    private final Node all = new Node(new Lane());

    private final Map<String, Lane> lanes = new HashMap<>();
    private int size;
    private long bytes;
    private long lastSequence;
    private boolean closed;

    /** Holds at most this many events, and at most this many bytes unless a single event is more. */
    public MemoryQueue(int maxEvents, long maxBytes, Drops drops) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
        this.drops = drops;
    }

    @Override
    public @Nullable QueuedEvent add(String owner, long nowMillis, byte[] event, int length) {
        @Nullable List<QueuedEvent> evicted = null;
        Node added;
        synchronized (lock) {
            if (closed) {
                return null;
            }
            while (size > 0 && (size >= maxEvents || bytes + length > maxBytes)) {
                evicted = evicted == null ? new ArrayList<>(2) : evicted;
                evicted.add(unlink(all.next));
            }
            Lane lane = lanes.get(owner);
            if (lane == null) {
                lane = new Lane();
                lanes.put(owner, lane);
            }
            added = new Node(++lastSequence, owner, nowMillis, event, length, lane);
            added.link(all);
            size++;
            bytes += length;
        }
        if (evicted != null) {
            for (QueuedEvent oldest : evicted) {
                drops.full(oldest);
            }
        }
        return added;
    }

    @Override
    public Map<String, Integer> owners() {
        synchronized (lock) {
            Map<String, Integer> counts = new HashMap<>();
            for (Map.Entry<String, Lane> entry : lanes.entrySet()) {
                counts.put(entry.getKey(), entry.getValue().count);
            }
            return counts;
        }
    }

    @Override
    public List<QueuedEvent> peek(Collection<String> owners, int maxEvents, long maxBytes) {
        synchronized (lock) {
            PriorityQueue<Node> heads = new PriorityQueue<>(11, (a, b) -> Long.compare(a.sequence(), b.sequence()));
            for (String owner : owners) {
                @Nullable Lane lane = lanes.get(owner);
                if (lane != null) {
                    heads.add(lane.end.laneNext);
                }
            }
            List<QueuedEvent> found = new ArrayList<>();
            long room = maxBytes;
            while (!heads.isEmpty() && found.size() < maxEvents) {
                Node node = heads.remove();
                room -= node.length();
                if (room < 0 && !found.isEmpty()) {
                    break;
                }
                found.add(node);
                if (node.laneNext != node.lane.end) {
                    heads.add(node.laneNext);
                }
            }
            return found;
        }
    }

    @Override
    public List<QueuedEvent> remove(Collection<QueuedEvent> events) {
        List<QueuedEvent> removed = new ArrayList<>(events.size());
        synchronized (lock) {
            for (QueuedEvent event : events) {
                Node node = (Node) event;
                if (node.linked) {
                    removed.add(unlink(node));
                }
            }
        }
        return removed;
    }

    @Override
    public List<QueuedEvent> removeAll(Collection<String> owners) {
        synchronized (lock) {
            List<QueuedEvent> removed = new ArrayList<>();
            for (String owner : owners) {
                for (Lane lane = lanes.get(owner); lane != null; lane = lanes.get(owner)) {
                    removed.add(unlink(lane.end.laneNext));
                }
            }
            return removed;
        }
    }

    @Override
    public void expire(long beforeMillis) {
        List<QueuedEvent> expired = new ArrayList<>();
        synchronized (lock) {
            while (all.next != all && all.next.queuedAtMillis() < beforeMillis) {
                expired.add(unlink(all.next));
            }
        }
        if (!expired.isEmpty()) {
            drops.expired(expired);
        }
    }

    @Override
    public int size() {
        synchronized (lock) {
            return size;
        }
    }

    @Override
    public long bytes() {
        synchronized (lock) {
            return bytes;
        }
    }

    @Override
    public long lastSequence() {
        synchronized (lock) {
            return lastSequence;
        }
    }

    @Override
    public boolean holdsUpTo(long sequence) {
        synchronized (lock) {
            return all.next != all && all.next.sequence() <= sequence;
        }
    }

    @Override
    public List<QueuedEvent> close() {
        synchronized (lock) {
            closed = true;
            return removeAll(new ArrayList<>(lanes.keySet()));
        }
    }

    private Node unlink(Node node) {
        node.unlink();
        size--;
        bytes -= node.length();
        if (node.lane.end.laneNext == node.lane.end) {
            lanes.remove(node.owner());
        }
        return node;
    }

    /** The events of one owner; never empty while it is in {@link #lanes}. */
    private static final class Lane {
        final Node end = new Node(this);
        int count;
    }

    /** An event and its place in both lists; or the sentinel that closes a list. */
    private static final class Node extends QueuedEvent {
        final Lane lane;
        Node next = this;
        Node previous = this;
        Node laneNext = this;
        Node lanePrevious = this;
        boolean linked;

        Node(Lane lane) {
            super(0, "", 0, new byte[0], 0);
            this.lane = lane;
        }

        Node(long sequence, String owner, long nowMillis, byte[] bytes, int length, Lane lane) {
            super(sequence, owner, nowMillis, bytes, length);
            this.lane = lane;
        }

        void link(Node end) {
            next = end;
            previous = end.previous;
            previous.next = this;
            end.previous = this;
            laneNext = lane.end;
            lanePrevious = lane.end.lanePrevious;
            lanePrevious.laneNext = this;
            lane.end.lanePrevious = this;
            lane.count++;
            linked = true;
        }

        void unlink() {
            previous.next = next;
            next.previous = previous;
            lanePrevious.laneNext = laneNext;
            laneNext.lanePrevious = lanePrevious;
            lane.count--;
            linked = false;
        }
    }
}
