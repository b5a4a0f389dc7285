package dev.countersign.server.key;

/**
 * There is no ring that may be trusted: none could be loaded for longer than {@code maxStale}. Nothing is said about
 * the proof; a service answers 503 and the caller tries again.
 */
public final class KeysUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeysUnavailableException() {
        super("no signing keys may be trusted now: the last ring could not be refreshed in time");
    }
}
