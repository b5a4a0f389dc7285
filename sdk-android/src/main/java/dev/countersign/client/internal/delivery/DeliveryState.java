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
 * FAILED       wait 1 s … 5 min at random, or as long as Retry-After says; the app may cut the former to 1 s
 * KEY_REFUSED  wait 15 min: only a new release or a mended key helps
 * TOO_LARGE    halve the batch
 * UNREADABLE   halve the batch, and halve again, until the poison event stands alone
 * </pre>
 */
final class DeliveryState {
    static final int MOST_EVENTS = 500;
    static final long KEY_REFUSED_MILLIS = TimeUnit.MINUTES.toMillis(15);
    /** A second, which is the shortest back-off too: an app that flushes in a loop makes no storm. */
    private static final long SOONEST_MILLIS = 1000;

    static final DeliveryState START = new DeliveryState(MOST_EVENTS, 0);

    private final int failures;
    private final long resumeAt;
    /** When the app may have the next request at the earliest. */
    private final long soonestAt;

    private final int limit;
    /** How many events from the front are known to hold one that cannot be read; 0 when none are. */
    private final int suspects;

    private final boolean keyRefused;

    /** Without a wait. */
    private DeliveryState(int limit, int suspects) {
        this(0, Long.MIN_VALUE, Long.MIN_VALUE, limit, suspects, false);
    }

    private DeliveryState(int failures, long resumeAt, long soonestAt, int limit, int suspects, boolean keyRefused) {
        this.failures = failures;
        this.resumeAt = resumeAt;
        this.soonestAt = soonestAt;
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
                    return new DeliveryState(events / 2, 0);
                }
                return answer.isFromCollector() ? settled(events) : failed(0, nowElapsed, random);
            case UNREADABLE:
                return events > 1 ? new DeliveryState(events / 2, events) : settled(events);
            case KEY_REFUSED:
                long at = nowElapsed + KEY_REFUSED_MILLIS + (long) (random * KEY_REFUSED_MILLIS / 4);
                return new DeliveryState(failures + 1, at, at, limit, suspects, true);
            case FAILED:
                return failed(answer.retryAfterMillis(), nowElapsed, random);
        }
        throw new IllegalStateException("unknown kind " + answer.kind());
    }

    /** The state after the collector said that the fault is its own and will pass. */
    DeliveryState failed(long retryAfterMillis, long nowElapsed, double random) {
        if (retryAfterMillis > 0) {
            // Never earlier than told; a tenth later at most, so that clients do not return as one.
            long at = nowElapsed + retryAfterMillis + (long) (random * retryAfterMillis / 10);
            return new DeliveryState(failures + 1, at, at, limit, suspects, false);
        }
        long at = nowElapsed + Backoff.millis(failures + 1, random);
        return new DeliveryState(failures + 1, at, nowElapsed + SOONEST_MILLIS, limit, suspects, false);
    }

    /** The app wants the next request soon: nothing but our own back-off gives way, and how often it failed stays known. */
    DeliveryState hastened() {
        return new DeliveryState(failures, Math.min(resumeAt, soonestAt), soonestAt, limit, suspects, keyRefused);
    }

    /** After this many events found their verdict: the front moved on, so the suspects moved closer. */
    private DeliveryState settled(int events) {
        int left = suspects - events;
        if (left > 0) {
            return new DeliveryState(Math.max(1, left / 2), left);
        }
        int grown = suspects > 0 ? MOST_EVENTS : Math.min(MOST_EVENTS, limit + Math.max(1, limit / 8));
        return new DeliveryState(grown, 0);
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
