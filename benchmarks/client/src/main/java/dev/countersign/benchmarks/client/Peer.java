package dev.countersign.benchmarks.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Supplier;

/** The rows. */
enum Peer {
    COUNTERSIGN("Countersign", "memory-mapped files, written by the call itself", true, CountersignSubject::inFiles),
    COUNTERSIGN_MEMORY("Countersign, memoryQueue()", "memory", true, CountersignSubject::inMemory),
    POSTHOG_SERVER("PostHog-server", "memory", true, PostHogServerSubject::new),
    SEGMENT_JAVA("Segment-java", "memory", false, SegmentJavaSubject::new),
    AMPLITUDE(
            "Amplitude analytics-core",
            "files, written by another thread after the call",
            false,
            AmplitudeSubject::new),
    POSTHOG_CORE(
            "PostHog core",
            "a file for each event, written by another thread after the call",
            true,
            PostHogCoreSubject::new),
    SEGMENT_KOTLIN(
            "Segment-Kotlin", "files, written by another thread after the call", false, SegmentKotlinSubject::new);

    private final String label;
    /** Where events wait, as far as its code tells. */
    final String durability;
    /** Whether a full queue makes room by dropping its oldest event. */
    final boolean evicts;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor
    private final Supplier<Subject> maker;

    private static final ResourceBundle VERSIONS =
            ResourceBundle.getBundle("dev.countersign.benchmarks.client.versions");

    Peer(String label, String durability, boolean evicts, Supplier<Subject> maker) {
        this.label = label;
        this.durability = durability;
        this.evicts = evicts;
        this.maker = maker;
    }

    /** As the tables call it, with its version, which stands in the POM. */
    String label() {
        String version = VERSIONS.getString(name());
        return version.isEmpty() ? label : label + " " + version;
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
