package dev.countersign.client.internal.delivery;

import dev.countersign.client.internal.support.Backoff;
import dev.countersign.client.internal.transport.Answer;
import java.util.concurrent.TimeUnit;

/**
 * How delivery stands: how large the next batch may be, and when. A pure function of the last state and an answer; time
 * and randomness are passed in. Immutable.
 *
 * <pre>
 * SETTLED      no waiting; batches grow back to the most
 * FAILED       wait 1 s … 5 min at random, or as long as Retry-After says
 * KEY_REFUSED  wait 15 min: only a new release or a mended key helps
 * TOO_LARGE    halve the batch
 * UNREADABLE   halve the batch, and halve again, until the poison event stands alone
 * </pre>
 */
final class DeliveryState {
    static final int MOST_EVENTS = 500;
    static final long KEY_REFUSED_MILLIS = TimeUnit.MINUTES.toMillis(15);
    static final DeliveryState START = new DeliveryState(0, Long.MIN_VALUE, MOST_EVENTS, 0, false);

    private final int failures;
    private final long resumeAt;
    private final int limit;
    /** How many events from the front are known to hold one that cannot be read; 0 when none are. */
    private final int suspects;

    private final boolean keyRefused;

    private DeliveryState(int failures, long resumeAt, int limit, int suspects, boolean keyRefused) {
        this.failures = failures;
        this.resumeAt = resumeAt;
        this.limit = limit;
        this.suspects = suspects;
        this.keyRefused = keyRefused;
    }

    /**
     * The state after an answer to a batch of {@code events}.
     *
     * @param nowElapsed monotonic milliseconds
     * @param random from 0 to 1
     */
    DeliveryState next(Answer answer, int events, long nowElapsed, double random) {
        switch (answer.kind()) {
            case SETTLED:
                return settled(events);
            case TOO_LARGE:
                if (events > 1) {
                    return new DeliveryState(0, Long.MIN_VALUE, events / 2, 0, false);
                }
                return answer.isFromCollector() ? settled(events) : failed(0, nowElapsed, random);
            case UNREADABLE:
                return events > 1 ? new DeliveryState(0, Long.MIN_VALUE, events / 2, events, false) : settled(events);
            case KEY_REFUSED:
                long wait = KEY_REFUSED_MILLIS + (long) (random * KEY_REFUSED_MILLIS / 4);
                return new DeliveryState(failures + 1, nowElapsed + wait, limit, suspects, true);
            case FAILED:
                return failed(answer.retryAfterMillis(), nowElapsed, random);
        }
        throw new IllegalStateException("unknown kind " + answer.kind());
    }

    /** The state after the collector said that the fault is its own and will pass. */
    DeliveryState failed(long retryAfterMillis, long nowElapsed, double random) {
        long backoff = Backoff.millis(failures + 1, random);
        // Never earlier than told; a tenth later at most, so that clients do not return as one.
        long wait = retryAfterMillis > 0 ? retryAfterMillis + (long) (random * retryAfterMillis / 10) : backoff;
        return new DeliveryState(failures + 1, nowElapsed + wait, limit, suspects, false);
    }

    /** After this many events found their verdict: the front moved on, so the suspects moved closer. */
    private DeliveryState settled(int events) {
        int left = suspects - events;
        if (left > 0) {
            return new DeliveryState(0, Long.MIN_VALUE, Math.max(1, left / 2), left, false);
        }
        int grown = suspects > 0 ? MOST_EVENTS : Math.min(MOST_EVENTS, limit + Math.max(1, limit / 8));
        return new DeliveryState(0, Long.MIN_VALUE, grown, 0, false);
    }

    /** Most events of the next batch. */
    int limit() {
        return limit;
    }

    /** Milliseconds until the next request is allowed, 0 for now. */
    long waitMillis(long nowElapsed) {
        return resumeAt == Long.MIN_VALUE ? 0 : Math.max(0, resumeAt - nowElapsed);
    }

    /** Requests that failed in a row. */
    int failures() {
        return failures;
    }

    /** Whether delivery pauses because of the API key. */
    boolean isKeyRefused() {
        return keyRefused;
    }
}
