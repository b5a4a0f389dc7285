package dev.countersign.client.internal.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Events in order. Each hangs in two linked lists, all events and its owner's, so that adding and removing cost the same
 * however many there are, and events that wait for a proof are never in the way of others. Not safe for use by several
 * threads.
 */
final class EventLists {
    /** Closes the list of all events. */
    private final QueuedEvent end = new Lane("").end;

    private final Map<String, Lane> lanes = new HashMap<>();
    private int size;
    private long bytes;

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    /** The lane of this owner, in use or not. */
    Lane lane(String owner) {
        Lane lane = lanes.get(owner);
        return lane == null ? new Lane(owner) : lane;
    }

    /** Adds the newest event, whose lane is one of these lists. */
    void addLast(QueuedEvent event) {
        event.next = end;
        event.previous = end.previous;
        end.previous.next = event;
        end.previous = event;
        Lane lane = event.lane();
        event.laneNext = lane.end;
        event.lanePrevious = lane.end.lanePrevious;
        lane.end.lanePrevious.laneNext = event;
        lane.end.lanePrevious = event;
        event.linked = true;
        if (lane.count++ == 0) {
            lanes.put(lane.owner(), lane);
        }
        size++;
        bytes += event.length();
    }

    /** Adds the events of other lists, which are newer; those are not to be used any more. */
    void addAll(EventLists newer) {
        for (QueuedEvent event = newer.first(); event != null; ) {
            QueuedEvent next = newer.after(event);
            event.changeLane(lane(event.owner()));
            addLast(event);
            event = next;
        }
    }

    void remove(QueuedEvent event) {
        event.previous.next = event.next;
        event.next.previous = event.previous;
        event.lanePrevious.laneNext = event.laneNext;
        event.laneNext.lanePrevious = event.lanePrevious;
        event.linked = false;
        Lane lane = event.lane();
        if (--lane.count == 0) {
            lanes.remove(lane.owner());
        }
        size--;
        bytes -= event.length();
    }

    /** The oldest event. */
    @Nullable
    QueuedEvent first() {
        return after(end);
    }

    /** The event after this one, which is in the lists. */
    @Nullable
    QueuedEvent after(QueuedEvent event) {
        return event.next == end ? null : event.next;
    }

    /** How many events each owner has. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new HashMap<>();
        for (Lane lane : lanes.values()) {
            counts.put(lane.owner(), lane.count);
        }
        return counts;
    }

    /** All events of the owners that are meant, those of one owner in order. */
    List<QueuedEvent> of(OwnerFilter owners) {
        List<QueuedEvent> found = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            if (owners.include(lane.owner())) {
                for (QueuedEvent event = lane.end.laneNext; event != lane.end; event = event.laneNext) {
                    found.add(event);
                }
            }
        }
        return found;
    }

    /** The oldest events of these owners, in order: at most this many, and this many bytes unless the first alone is more. */
    List<QueuedEvent> oldest(Collection<String> owners, int maxEvents, long maxBytes) {
        PriorityQueue<QueuedEvent> heads = new PriorityQueue<>(11, (a, b) -> Long.compare(a.sequence(), b.sequence()));
        for (String owner : owners) {
            @Nullable Lane lane = lanes.get(owner);
            if (lane != null) {
                heads.add(lane.end.laneNext);
            }
        }
        List<QueuedEvent> found = new ArrayList<>();
        long room = maxBytes;
        while (!heads.isEmpty() && found.size() < maxEvents) {
            QueuedEvent event = heads.remove();
            room -= event.length();
            if (room < 0 && !found.isEmpty()) {
                break;
            }
            found.add(event);
            if (event.laneNext != event.lane().end) {
                heads.add(event.laneNext);
            }
        }
        return found;
    }
}
