package dev.countersign.samples.collector.environment;

/**
 * A product: what its environments have in common.
 *
 * @param id {@code app_…}
 * @param name for people
 */
public record Application(String id, String name) {
    /** The id of the application of environments that were created without one. */
    public static final String DEFAULT = "app_default";
}
