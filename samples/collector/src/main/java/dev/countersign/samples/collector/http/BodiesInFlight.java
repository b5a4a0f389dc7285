package dev.countersign.samples.collector.http;

import io.micronaut.http.HttpStatus;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of requests' bodies the collector holds at a time, as received and as decoded: a limit for all requests
 * together, so that many clients, slow ones or compressed bombs cost refusals and not memory. Thread-safe, does not
 * block.
 */
public final class BodiesInFlight {
    private final long max;
    private final AtomicLong held = new AtomicLong();

    /**
     * Nothing is held yet.
     *
     * @param max the most, in bytes
     */
    public BodiesInFlight(long max) {
        this.max = max;
    }

    /** Makes room for this many bytes; false, and nothing done, where there is none. */
    boolean tryTake(long bytes) {
        if (held.addAndGet(bytes) <= max) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    /**
     * Makes room for this many bytes until they are {@link #release}d.
     *
     * @throws ApiException 429 where there is none
     */
    public void take(long bytes) {
        if (!tryTake(bytes)) {
            throw new ApiException(HttpStatus.TOO_MANY_REQUESTS, "OVERLOADED", OVERLOADED);
        }
    }

    /** Gives back what was taken. */
    public void release(long bytes) {
        held.addAndGet(-bytes);
    }

    /** Whether there is room for this many more bytes, now. */
    boolean hasRoomFor(long bytes) {
        return held.get() + bytes <= max;
    }

    /** Whether more than half of the room is taken: then slow clients have to hurry. */
    boolean isScarce() {
        return held.get() > max / 2;
    }

    /** What is held, in bytes. */
    public long held() {
        return held.get();
    }

    static final String OVERLOADED = "too many requests are under way; send again later";
}
