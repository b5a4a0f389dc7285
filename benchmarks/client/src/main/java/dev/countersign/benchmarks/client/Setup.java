package dev.countersign.benchmarks.client;

import java.nio.file.Path;

/**
 * How a client is started. Everything else is the SDK's default.
 *
 * @param port of the sink
 * @param directory for its files, where the SDK lets one choose
 * @param maxQueued how many events its queue may hold, where the SDK lets one choose
 */
record Setup(int port, Path directory, int maxQueued) {

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** A key of its own for each directory: some peers derive the place of their files from it alone. */
    String key() {
        return "pk_" + directory.getFileName();
    }
}
