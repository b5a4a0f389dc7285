package dev.countersign.samples.collector.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The latest events of an environment, in memory. Thread-safe, without locks: writers never wait for readers. */
public final class LiveFeed {
    private static final int SIZE = 256;

    private final AtomicLong next = new AtomicLong();
    private final AtomicReferenceArray<Numbered> ring = new AtomicReferenceArray<>(SIZE);

    /**
     * An event with its number, counted from 0 since the start.
     *
     * @param number its number
     * @param event the event
     */
    public record Numbered(long number, SeenEvent event) {}

    /** Adds an event. */
    public void add(SeenEvent event) {
        long number = next.getAndIncrement();
        ring.set((int) (number % SIZE), new Numbered(number, event));
    }

    /** The number that the next event gets. */
    public long end() {
        return next.get();
    }

    /**
     * Events from a number on, the oldest first: the latest ones where more came than are asked for or kept.
     *
     * @param from the number of the first one wanted
     * @param limit how many at most
     */
    public List<Numbered> since(long from, int limit) {
        long end = next.get();
        List<Numbered> events = new ArrayList<>();
        for (long number = Math.max(Math.max(from, 0), end - Math.min(limit, SIZE)); number < end; number++) {
            Numbered event = ring.get((int) (number % SIZE));
            if (event != null && event.number == number) {
                events.add(event);
            }
        }
        return events;
    }
}
