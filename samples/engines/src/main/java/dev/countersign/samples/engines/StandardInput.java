package dev.countersign.samples.engines;

import java.io.IOException;

/** Ends with whoever started this process, even where that one was killed. */
final class StandardInput {
    private StandardInput() {}

    static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // Nothing is said there.
        }
    }
}
