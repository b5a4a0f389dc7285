package dev.countersign.client.internal.delivery;

/** What the delivery thread sees to besides delivery, each time before it looks at the queue. */
public interface Upkeep {
    /** Does what is due, file I/O included, and returns the milliseconds until something will be. */
    long tick();
}
