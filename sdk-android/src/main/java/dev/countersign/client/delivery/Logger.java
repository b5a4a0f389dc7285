package dev.countersign.client.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Where the client writes its log. Messages hold counts, codes and ids of events, never a proof, an attribute or a
 * user's id. Called by several threads.
 */
public interface Logger {

    /** How much a message matters. */
    enum Level {
        /** For those who look into the client itself. */
        DEBUG,
        /** Something that the developer should look at. */
        WARNING
    }

    /** Writes one message, with what caused it when that is known. */
    void log(Level level, String message, @Nullable Throwable cause);
}
