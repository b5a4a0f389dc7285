package dev.countersign.samples.collector.storage;

import org.jspecify.annotations.Nullable;

/** The database could not do what was asked of it; nothing of it was kept. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Says what failed.
     *
     * @param message what was tried
     * @param cause why it failed, or null
     */
    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
