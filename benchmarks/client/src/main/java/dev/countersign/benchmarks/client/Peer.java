package dev.countersign.benchmarks.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/** The rows. */
enum Peer {
    COUNTERSIGN("Countersign", "memory-mapped files, written by the call itself", true, CountersignSubject::inFiles),
    COUNTERSIGN_MEMORY("Countersign, `memoryQueue()`", "memory", true, CountersignSubject::inMemory),
    POSTHOG_SERVER("PostHog-server 2.3.3", "memory", true, PostHogServerSubject::new),
    SEGMENT_JAVA("Segment-java 3.5.4", "memory", false, SegmentJavaSubject::new),
    AMPLITUDE(
            "Amplitude analytics-core 1.26.0",
            "files, written by another thread after the call",
            false,
            AmplitudeSubject::new),
    POSTHOG_CORE(
            "PostHog core 6.13.1",
            "a file for each event, written by another thread after the call",
            true,
            PostHogCoreSubject::new),
    SEGMENT_KOTLIN(
            "Segment-Kotlin 1.27.0",
            "files, written by another thread after the call",
            false,
            SegmentKotlinSubject::new);

    /** As the tables call it. */
    final String label;
    /** Where events wait, as far as its code tells. */
    final String durability;
    /** Whether a full queue makes room by dropping its oldest event. */
    final boolean evicts;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor
    private final Supplier<Subject> maker;

    Peer(String label, String durability, boolean evicts, Supplier<Subject> maker) {
        this.label = label;
        this.durability = durability;
        this.evicts = evicts;
        this.maker = maker;
    }

    Subject make() {
        return maker.get();
    }

    boolean isOurs() {
        return name().startsWith("COUNTERSIGN");
    }

    /** Where the jars are that only this one needs, before the common ones. */
    String classPath(Path target) {
        Path own = target.resolve("lib-" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
        String common = target.resolve("client-benchmarks.jar").toString();
        return Files.isDirectory(own) ? own.resolve("*") + ":" + common : common;
    }
}
