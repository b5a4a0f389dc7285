package dev.countersign.samples.collector.runtime;

import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.RefreshingKeySource;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One ring and its cache: refreshed every 60 seconds, trusted for 15 minutes without a successful refresh. Not
 * thread-safe; the source that it gives out is.
 */
final class LiveRing implements AutoCloseable {
    private final String name;
    private final KeyStore store;
    private final Time time;
    private @Nullable RefreshingKeySource keys;

    LiveRing(String name, KeyStore store, Time time) {
        this.name = name;
        this.store = store;
        this.time = time;
    }

    /** Null while there is no key. */
    @Nullable
    KeySource source() {
        return keys;
    }

    /** Looks for the first key; true when there is one now and was none before. */
    boolean takeOver() throws IOException {
        if (keys != null || store.ring(name).isEmpty()) {
            return false;
        }
        keys = RefreshingKeySource.builder(this::load)
                .ticker(time.ticker())
                .scheduler(time.schedulers().get())
                .build();
        return true;
    }

    /** Loads the keys that are known before; when this returns, the next event is judged by them. */
    void refresh() throws IOException {
        if (keys == null) {
            return;
        }
        try {
            keys.refreshNow().join();
        } catch (CompletionException e) {
            throw new IOException("the keys could not be loaded again", e.getCause());
        }
    }

    /** The version in use; 0 while there is no key. */
    long version() {
        KeyRing ring = keys == null ? null : keys.current();
        return ring == null ? 0 : ring.version();
    }

    private KeyRing load() throws IOException {
        return store.ring(name).orElseThrow(() -> new IOException("the ring " + name + " has no keys"));
    }

    @Override
    public void close() {
        if (keys != null) {
            keys.close();
        }
    }
}
