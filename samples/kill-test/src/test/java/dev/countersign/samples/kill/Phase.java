package dev.countersign.samples.kill;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a client does at one moment, as the stacks of its threads show it. */
enum Phase {
    /** The directory is opened, what is left from before is read. */
    OPENING("Storage.open"),
    /** An event is written down. */
    WRITING("EventQueue.add"),
    /** The next file takes the place of a full one. */
    ROLLING("SegmentStore.roll"),
    /** A file is made ahead of need. */
    MAKING_FILES("SegmentStore.prepare"),
    /** A file's last events are copied so that it becomes free. */
    COMPACTING("SegmentStore.move"),
    /** The oldest event is pushed out. */
    EVICTING("EventQueue.evict"),
    /** A request is under way. */
    SENDING("HttpTransport.send"),
    /** What the collector stored is removed. */
    ACKNOWLEDGING("Settlement.settle"),
    /** Nothing of all that. */
    RESTING("");

    private final String frame;

    Phase(String frame) {
        this.frame = frame;
    }

    /** What these stacks are doing, all of them. */
    static Set<Phase> of(Iterable<StackTraceElement[]> stacks) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        for (StackTraceElement[] stack : stacks) {
            for (StackTraceElement call : stack) {
                String method = call.getClassName().substring(call.getClassName().lastIndexOf('.') + 1) + "."
                        + call.getMethodName();
                for (Phase phase : values()) {
                    if (phase.frame.equals(method)) {
                        phases.add(phase);
                    }
                }
            }
        }
        return phases.isEmpty() ? EnumSet.of(RESTING) : phases;
    }

    static long bits(Set<Phase> phases) {
        return phases.stream().mapToLong(phase -> 1L << phase.ordinal()).sum();
    }

    static Set<Phase> fromBits(long bits) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        for (Phase phase : values()) {
            if ((bits & 1L << phase.ordinal()) != 0) {
                phases.add(phase);
            }
        }
        return phases;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
