package dev.countersign.client.internal.queue;

import dev.countersign.client.internal.support.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events that an earlier process left in files. Used by one thread. */
final class Backlog {
    /** 2026-01-01: a calendar that says less was never set. */
    private static final long PLAUSIBLE_MILLIS = 1_767_225_600_000L;

    private final Clock clock;
    private final List<Found> events = new ArrayList<>();
    /** Each owner once, for a million events may have one. */
    private final Map<String, String> owners = new HashMap<>();

    Backlog(Clock clock) {
        this.clock = clock;
    }

    /** Reads the live events of a file. */
    void read(Segment file, StorageReports reports) {
        int gaps = file.scan((at, owner, length) -> {
            String known = owners.get(owner);
            if (known == null) {
                owners.put(owner, owner);
            }
            events.add(new Found(file, at, file.order(at), file.wallMillis(at), known == null ? owner : known, length));
        });
        if (gaps > 0) {
            reports.storageProblem(file.file().getName() + " is damaged in " + gaps + " places: some events are lost");
        }
    }

    /** All events, oldest first. Of one that was being moved when the process ended, one copy remains. */
    EventLists inOrder() {
        Collections.sort(events, (a, b) -> Long.compare(a.order, b.order));
        EventLists lists = new EventLists();
        long now = clock.elapsedMillis();
        long wall = clock.wallMillis();
        long sequence = -events.size();
        Found older = null;
        for (Found found : events) {
            if (older != null && older.order == found.order) {
                found.file.remove(found.at, lists.lane(found.owner).tag(), found.length);
                continue;
            }
            older = found;
            QueuedEvent event = new QueuedEvent(
                    ++sequence, lists.lane(found.owner), now - age(found.wallMillis, wall), found.length);
            event.storedAt(found.file, found.at);
            lists.addLast(event);
        }
        return lists;
    }

    /** By the calendar, which is all that two processes share; where it cannot be right, the event counts as new. */
    private static long age(long queued, long now) {
        return queued < PLAUSIBLE_MILLIS ? 0 : Math.max(0, now - queued);
    }

    private static final class Found {
        final Segment file;
        final int at;
        final long order;
        final long wallMillis;
        final String owner;
        final int length;

        Found(Segment file, int at, long order, long wallMillis, String owner, int length) {
            this.file = file;
            this.at = at;
            this.order = order;
            this.wallMillis = wallMillis;
            this.owner = owner;
            this.length = length;
        }
    }
}
