package dev.countersign.client;

import dev.countersign.client.delivery.Logger;
import org.jspecify.annotations.Nullable;

/** Writes to {@code java.util.logging} under the name {@code dev.countersign}. */
final class JavaLogger implements Logger {

    @Override
    public void log(Level level, String message, @Nullable Throwable cause) {
        // Looked up late: the first look-up reads the configuration file, which build() must not.
        java.util.logging.Logger.getLogger("dev.countersign")
                .log(
                        level == Level.WARNING ? java.util.logging.Level.WARNING : java.util.logging.Level.FINE,
                        message,
                        cause);
    }
}
