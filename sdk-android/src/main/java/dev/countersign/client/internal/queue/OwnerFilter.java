package dev.countersign.client.internal.queue;

/** Some owners. */
public interface OwnerFilter {
    /** Whether the one with this tag is among them. */
    boolean include(String owner);
}
