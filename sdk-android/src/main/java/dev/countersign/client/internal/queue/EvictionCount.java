package dev.countersign.client.internal.queue;

import dev.countersign.client.internal.storage.MappedFile;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How many events were given up because the queue was full, and of how many the app was told: what a process could not
 * tell before it ended, the next one does. Guarded by the lock of the queue.
 *
 * <pre>
 * file  long given up | long told
 * </pre>
 */
final class EvictionCount {
    private static final int GIVEN_UP = 0;
    private static final int TOLD = 8;

    private final ByteBuffer map;

    EvictionCount(File file) throws IOException {
        map = MappedFile.openOrCreate(file, 16);
        if (untold() < 0 || untold() > Integer.MAX_VALUE) { // damaged
            map.putLong(GIVEN_UP, 0);
            map.putLong(TOLD, 0);
        }
    }

    void add() {
        map.putLong(GIVEN_UP, map.getLong(GIVEN_UP) + 1);
    }

    void told(int events) {
        map.putLong(TOLD, Math.min(map.getLong(GIVEN_UP), map.getLong(TOLD) + events));
    }

    long untold() {
        return map.getLong(GIVEN_UP) - map.getLong(TOLD);
    }
}
