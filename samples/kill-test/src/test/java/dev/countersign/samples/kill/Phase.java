package dev.countersign.samples.kill;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a client does at one moment, as the stacks of its threads show it. */
enum Phase {
    /** The directory is opened, what is left from before is read. */
    OPENING("ClientDirectory.open"),
    /** An event is written down. */
    WRITING("EventQueue.add"),
    /** The next file takes the place of a full one. */
    ROLLING("SegmentStore.roll", "SegmentPool.await", "Segment.begin"),
    /** A file is made ahead of need. */
    MAKING_FILES("SegmentPool.make"),
    /** A file's last events are copied so that it becomes free. */
    COMPACTING("SegmentStore.gather"),
    /** The oldest event is pushed out. */
    EVICTING("EventQueue.evict"),
    /** A request is under way. */
    SENDING("HttpTransport.send"),
    /** What the collector stored is removed. */
    ACKNOWLEDGING("Settlement.settle"),
    /** Nothing of all that. */
    RESTING();

    private final List<String> frames;

    Phase(String... frames) {
        this.frames = List.of(frames);
    }

    /** What these stacks are doing, all of them. */
    static Set<Phase> of(Iterable<StackTraceElement[]> stacks) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        for (StackTraceElement[] stack : stacks) {
            for (StackTraceElement call : stack) {
                String method = call.getClassName()
                                .substring(call.getClassName().lastIndexOf('.') + 1) + "." + call.getMethodName();
                for (Phase phase : values()) {
                    if (phase.frames.contains(method)) {
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
