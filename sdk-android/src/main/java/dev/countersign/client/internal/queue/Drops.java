package dev.countersign.client.internal.queue;

import java.util.List;

/** Hears what a queue gave up. Called on the thread whose call caused it, outside the queue's lock unless said otherwise. */
public interface Drops {
    /** There was no room for one any more. Returns whether {@link #full} wants it. Cheap: called under the lock. */
    boolean countFull();

    /** There was no room for this one any more, whose bytes are at hand. */
    void full(QueuedEvent oldest);

    /** There was no room for so many, of which an earlier process could not tell. */
    void fullEarlier(int events);

    /** These outlived their age limit. */
    void expired(List<QueuedEvent> events);

    /** These were found in files after {@link EventQueue#removeAll}, which they were meant by. */
    void cleared(List<QueuedEvent> events);
}
