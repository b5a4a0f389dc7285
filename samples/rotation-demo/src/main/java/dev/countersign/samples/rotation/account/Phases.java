package dev.countersign.samples.rotation.account;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What the operator was doing when. Thread-safe. */
public final class Phases {

    /**
     * One phase; it lasts until the next one begins.
     *
     * @param rotation from 1; 0 before the first and after the last
     * @param startedAt milliseconds since 1970
     */
    public record Phase(int rotation, String name, long startedAt) {}

    private final Clock clock;
    private final List<Phase> phases = new ArrayList<>();

    /** No phase yet. */
    public Phases(Clock clock) {
        this.clock = clock;
    }

    /** Ends the present phase, if any, and begins the next. */
    public synchronized void begin(int rotation, String name) {
        phases.add(new Phase(rotation, name, clock.millis()));
    }

    /** The present phase. */
    public synchronized Phase present() {
        return phases.get(phases.size() - 1);
    }

    /** Every phase so far, in order. */
    public synchronized List<Phase> all() {
        return List.copyOf(phases);
    }
}
