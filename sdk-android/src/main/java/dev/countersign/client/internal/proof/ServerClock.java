package dev.countersign.client.internal.proof;

import dev.countersign.client.internal.support.Clock;

/**
 * The collector's time, learned from the {@code Date} of its answers (to a second), so that a wrong device clock neither
 * uses a dead proof nor refreshes a live one. The device's time until the first answer. Safe for use by several threads.
 */
public final class ServerClock {
    private final Clock clock;
    private volatile long offset;
    private volatile boolean learned;

    /** Built on the device's clock. */
    public ServerClock(Clock clock) {
        this.clock = clock;
    }

    /** An answer that has just arrived carried this time. */
    public void learn(long serverMillis) {
        offset = serverMillis - clock.elapsedMillis();
        learned = true;
    }

    /** Whether an answer has told the time. */
    boolean isLearned() {
        return learned;
    }

    /** Whether this time has come; 0 never does. */
    boolean isOver(long epochMillis) {
        return epochMillis != 0 && now() >= epochMillis;
    }

    /** Now, in epoch milliseconds. */
    public long now() {
        return at(clock.elapsedMillis());
    }

    /** The time at a moment of the monotonic clock, by what is known today. */
    long at(long elapsedMillis) {
        return learned ? elapsedMillis + offset : clock.wallMillis() - clock.elapsedMillis() + elapsedMillis;
    }
}
