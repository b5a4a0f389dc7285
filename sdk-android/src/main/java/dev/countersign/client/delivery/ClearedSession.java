package dev.countersign.client.delivery;

/** What became of the events that were queued when a session was cleared. Immutable. */
public final class ClearedSession {
    private final ClearPolicy policy;
    private final int events;

    /** {@code events} queued events were treated by {@code policy}. */
    public ClearedSession(ClearPolicy policy, int events) {
        this.policy = policy;
        this.events = events;
    }

    /** What is done with them. */
    public ClearPolicy getPolicy() {
        return policy;
    }

    /** How many of the session's events had not been delivered. */
    public int getEvents() {
        return events;
    }

    @Override
    public String toString() {
        return "ClearedSession(" + policy + ", " + events + " events)";
    }
}
