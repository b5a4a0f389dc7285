package dev.countersign.samples.collector.runtime;

import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.samples.collector.environment.KeyStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All environments, found by their API key without I/O. Thread-safe. */
public final class LiveEnvironments implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LiveEnvironments.class.getName());
    private static final long REFRESH_SECONDS = 60;

    private final EnvironmentStore environments;
    private final KeyStore keys;
    private final Time time;
    private final Map<String, LiveEnvironment> byApiKey = new ConcurrentHashMap<>();
    private final ScheduledExecutorService refresher;

    /**
     * Loads them all.
     *
     * @param environments the environments in the database
     * @param keys their keys in the database
     * @param time the time by which keys grow old and tokens expire
     * @throws IOException when their keys cannot be read
     */
    public LiveEnvironments(EnvironmentStore environments, KeyStore keys, Time time) throws IOException {
        this.environments = environments;
        this.keys = keys;
        this.time = time;
        refresher = time.schedulers().get();
        for (Environment environment : environments.list()) {
            byApiKey.put(environment.apiKey(), new LiveEnvironment(environment, keys, time));
        }
        var unused =
                refresher.scheduleWithFixedDelay(this::refreshAll, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    /** The environment of an API key; null when there is none. */
    public @Nullable LiveEnvironment byApiKey(String apiKey) {
        return byApiKey.get(apiKey);
    }

    /** The environment of an id; null when there is none. */
    public @Nullable LiveEnvironment byId(String environmentId) {
        return byApiKey.values().stream()
                .filter(live -> live.environment().id().equals(environmentId))
                .findFirst()
                .orElse(null);
    }

    /** All of them, by their ids. */
    public List<LiveEnvironment> all() {
        List<LiveEnvironment> all = new ArrayList<>(byApiKey.values());
        all.sort(Comparator.comparing(live -> live.environment().id()));
        return all;
    }

    /**
     * Takes over what has changed in the database. When this returns, the next event is judged by it.
     *
     * @param environmentId the environment that changed or was created
     * @throws IOException when its keys cannot be read: they wait for a regular refresh
     */
    public synchronized void refresh(String environmentId) throws IOException {
        Environment environment = environments.find(environmentId);
        if (environment == null) {
            return;
        }
        LiveEnvironment live = byApiKey.get(environment.apiKey());
        if (live == null) {
            byApiKey.put(environment.apiKey(), new LiveEnvironment(environment, keys, time));
        } else {
            live.refresh(environment);
        }
    }

    /** Takes over what {@link #refresh} was not told, or could not read then; happens every 60 seconds by itself. */
    public synchronized void refreshAll() {
        try {
            environments.list().forEach(this::takeOver);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the environments cannot be read: {0}", e.getMessage());
        }
    }

    private void takeOver(Environment environment) {
        try {
            LiveEnvironment live = byApiKey.get(environment.apiKey());
            if (live == null) {
                byApiKey.put(environment.apiKey(), new LiveEnvironment(environment, keys, time));
            } else {
                live.takeOver(environment);
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be read: {1}", environment.id(), e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        refresher.shutdownNow();
        byApiKey.values().forEach(LiveEnvironment::close);
    }
}
