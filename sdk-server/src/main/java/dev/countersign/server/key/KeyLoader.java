package dev.countersign.server.key;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Fetches the ring from where it is kept: a file, a secret manager, a database. May block and may throw; called off
 * the callers' threads, one call at a time, by {@link RefreshingKeySource}.
 */
@FunctionalInterface
public interface KeyLoader {
    /**
     * The ring as it is kept now.
     *
     * @throws IOException when it cannot be read; the message must not hold a secret, for it is logged and shown
     */
    KeyRing load() throws IOException;

    /** Loads a {@link KeyRingFile}. */
    static KeyLoader ringFile(Path file) {
        return () -> KeyRingFile.read(file);
    }
}
