package dev.countersign.client.internal.queue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds events until they are delivered: peek, deliver, remove. It knows bytes and an opaque owner tag, not events.
 * Bounded: to make room the oldest is dropped first, and every drop is told to the {@link Drops} it was made with. Safe
 * for use by several threads; no call does file or socket I/O on the caller's thread.
 */
public interface EventQueue {

    /**
     * Appends the first {@code length} of {@code event}, which the queue may keep and nobody changes any more.
     *
     * @return the event as it was taken, or null after {@link #close}
     */
    @Nullable
    QueuedEvent add(String owner, long nowMillis, byte[] event, int length);

    /** How many events each owner has. */
    Map<String, Integer> owners();

    /** The oldest events of these owners, in order: at most this many, and this many bytes unless the first alone is more. */
    List<QueuedEvent> peek(Collection<String> owners, int maxEvents, long maxBytes);

    /** Takes out these, which {@link #peek} gave, and returns those that were still there. */
    List<QueuedEvent> remove(Collection<QueuedEvent> events);

    /** Takes out every event of these owners, and returns them. */
    List<QueuedEvent> removeAll(Collection<String> owners);

    /** Drops what was queued before this time. */
    void expire(long beforeMillis);

    /** How many events there are. */
    int size();

    /** How many bytes they take. */
    long bytes();

    /** The sequence of the event added last, 0 before the first. */
    long lastSequence();

    /** Whether any event up to this sequence is still there. */
    boolean holdsUpTo(long sequence);

    /** Takes no more events. Returns those that are lost with the process, which are gone from the queue. */
    List<QueuedEvent> close();

    /** Hears what the queue gave up. Called on the thread whose call caused it, outside the queue's lock. */
    interface Drops {
        /** There was no room for this one any more. */
        void full(QueuedEvent oldest);

        /** These outlived their age limit. */
        void expired(List<QueuedEvent> events);
    }
}
