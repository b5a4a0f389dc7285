package dev.countersign.benchmarks.client;

/**
 * What this program prints, its cells separated by tabs: {@code FIGURE run table row metric value}, {@code FAILED run what
 * why}, and of each peer {@code ABOUT row name durability}. Safe for use by several threads.
 */
final class Lines {
    private Lines() {}

    static void print(String... cells) {
        System.out.println(String.join("\t", cells).replace('\n', ' '));
    }
}
