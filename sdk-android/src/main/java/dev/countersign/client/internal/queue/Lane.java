package dev.countersign.client.internal.queue;

import java.nio.charset.StandardCharsets;

/** The events of one owner, in order. Guarded by the lock of the queue. */
final class Lane {
    private final String owner;
    private final byte[] tag;
    /** Closes the list of the owner's events. */
    final QueuedEvent end = new QueuedEvent(0, this, 0, 0);

    int count;

    Lane(String owner) {
        this.owner = owner;
        this.tag = owner.getBytes(StandardCharsets.UTF_8);
    }

    String owner() {
        return owner;
    }

    /** The owner as it is written to files. */
    byte[] tag() {
        return tag;
    }
}
