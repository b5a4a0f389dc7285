package dev.countersign.samples.collector.runtime;

import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.samples.collector.judging.EventJudge;
import dev.countersign.samples.collector.judging.Proofs;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.RefreshingKeySource;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * An environment as the ingest path uses it: what it reads here is one volatile field, never the database. Thread-safe.
 *
 * <p>Its keys come from a cache that is refreshed every 60 seconds and trusted for 15 minutes without a successful
 * refresh; {@link #refresh} brings a change in at once.
 */
public final class LiveEnvironment implements AutoCloseable {
    private final KeyStore keyStore;
    private final Time time;
    private final Counters counters = new Counters();
    private @Nullable RefreshingKeySource keys; // Guarded by this.
    private volatile State state;

    private record State(Environment environment, EventJudge judge) {}

    LiveEnvironment(Environment environment, KeyStore keyStore, Time time) throws IOException {
        this.keyStore = keyStore;
        this.time = time;
        this.state = state(environment, null);
        takeOver(environment);
    }

    /** Its settings. */
    public Environment environment() {
        return state.environment;
    }

    /** The judge of its events. */
    public EventJudge judge() {
        return state.judge;
    }

    /** What it has seen. */
    public Counters counters() {
        return counters;
    }

    /**
     * Takes changed settings and keys over; when this returns, the next event is judged by them.
     *
     * @throws IOException when the keys cannot be read; the settings are in use all the same
     */
    synchronized void refresh(Environment environment) throws IOException {
        RefreshingKeySource known = keys;
        takeOver(environment);
        if (known != null) {
            awaitRefresh(known);
        }
    }

    /** Takes changed settings over, and the first keys; later keys refresh themselves. */
    synchronized void takeOver(Environment environment) throws IOException {
        if (!environment.equals(state.environment)) {
            state = state(environment, keys);
        }
        if (keys == null && keyStore.ring(environment.id()).isPresent()) {
            keys = RefreshingKeySource.builder(() -> loadRing(environment.id()))
                    .ticker(time.ticker())
                    .build();
            state = state(environment, keys);
        }
    }

    @Override
    public synchronized void close() {
        if (keys != null) {
            keys.close();
        }
    }

    private State state(Environment environment, @Nullable RefreshingKeySource keys) {
        return new State(environment, new EventJudge(environment.policy(), proofs(environment, keys)));
    }

    private KeyRing loadRing(String environmentId) throws IOException {
        return keyStore.ring(environmentId)
                .orElseThrow(() -> new IOException("environment " + environmentId + " has no keys"));
    }

    private Proofs proofs(Environment environment, @Nullable RefreshingKeySource keys) {
        if (keys == null) {
            return Proofs.noKeysYet();
        }
        return switch (environment.form()) {
            case HMAC_HEX -> Proofs.hmac(HmacFormat.HEX, keys);
            case HMAC_BASE64 -> Proofs.hmac(HmacFormat.BASE64, keys);
            case HMAC_V1 -> Proofs.hmac(HmacFormat.HMAC_V1, keys);
            case JWT -> Proofs.jwt(environment.id(), keys, time.clock());
        };
    }

    private static void awaitRefresh(RefreshingKeySource keys) throws IOException {
        try {
            keys.refreshNow().join();
        } catch (CompletionException e) {
            throw new IOException("the keys could not be loaded again", e.getCause());
        }
    }
}
