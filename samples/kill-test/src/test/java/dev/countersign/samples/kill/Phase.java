package dev.countersign.samples.kill;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a client does at one moment, as the stacks of its threads show it. */
enum Phase {
    /** The directory is opened, what is left from before is read. */
    OPENING("ClientDirectory.open"),
    /** An event is written down. */
    WRITING("internal.queue.EventQueue.add"),
    /** The next file takes the place of a full one. */
    ROLLING("internal.queue.SegmentStore.roll", "internal.queue.SegmentPool.await", "internal.queue.Segment.begin"),
    /** A file is made ahead of need. */
    MAKING_FILES("internal.queue.SegmentPool.make"),
    /** A file's last events are copied so that it becomes free. */
    COMPACTING("internal.queue.SegmentStore.gather"),
    /** The oldest event is pushed out. */
    EVICTING("internal.queue.Contents.evict"),
    /** A request is under way. */
    SENDING("internal.transport.HttpTransport.send"),
    /** What the collector stored is removed. */
    ACKNOWLEDGING("internal.delivery.Settlement.settle"),
    /** Nothing of all that. */
    RESTING();

    private final List<String> methods;

    Phase(String... methods) {
        this.methods = Stream.of(methods)
                .map(method -> "dev.countersign.client." + method)
                .toList();
    }

    /** The methods, of which one is under way in this phase. */
    List<String> methods() {
        return methods;
    }

    /** What these stacks are doing, all of them. */
    static Set<Phase> of(Iterable<StackTraceElement[]> stacks) {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        for (StackTraceElement[] stack : stacks) {
            for (StackTraceElement call : stack) {
                String method = call.getClassName() + "." + call.getMethodName();
                for (Phase phase : values()) {
                    if (phase.methods.contains(method)) {
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
