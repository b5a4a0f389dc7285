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

    /**
     * Loads a ring from an environment variable that holds the JSON text of a {@link KeyRingFile}. A process sees its
     * variables as they were at its start, so such a ring changes with a restart only.
     */
    static KeyLoader environmentRing(String variable) {
        return () -> EnvironmentKeys.ring(variable, System.getenv(variable));
    }

    /**
     * Loads a ring of one key, the primary, whose secret is an environment variable's text: for a platform with one
     * secret and no key names. Rotating such a secret refuses every proof that is still about.
     *
     * @param keyId what to call the key
     */
    static KeyLoader environmentSecret(String variable, String keyId) {
        return () -> EnvironmentKeys.secret(variable, System.getenv(variable), keyId);
    }
}
