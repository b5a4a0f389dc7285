package dev.countersign.server.key;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a ring fresh: loads it once at the start, failing fast, and then again off the callers' threads, every 60
 * seconds, when told to ({@link #refreshNow}), when a watched file changes, and soon after a proof names a key that
 * the ring does not hold.
 *
 * <p>Thread-safe; {@link #current} is a volatile read. Loads never overlap, and a load asked for while one is under
 * way starts after it, so it sees what was stored before it was asked for. When a load fails the last good ring stays
 * in use, and the failure is reported; a ring that could not be confirmed for {@code maxStale} is trusted no longer.
 * An older version than the one in use counts as a failed load. Close it to stop its thread.
 */
public final class RefreshingKeySource implements KeySource, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RefreshingKeySource.class.getName());

    private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
    private static final Duration EARLY_REFRESH_PAUSE = Duration.ofSeconds(5);

    private final KeyLoader loader;
    private final KeyListener listener;
    private final LongSupplier ticker;
    private final ScheduledExecutorService scheduler;
    private final long maxStaleNanos;
    private final EarlyRefresh earlyRefresh;
    private final KeyUse use = new KeyUse();

    private final AtomicReference<@Nullable CompletableFuture<KeyRing>> waiting = new AtomicReference<>();
    private volatile Snapshot snapshot;
    private volatile @Nullable Exception lastFailure;

    private record Snapshot(KeyRing ring, long loadedAtNanos) {}

    private RefreshingKeySource(Builder builder) throws IOException {
        loader = builder.loader;
        listener = builder.listener;
        ticker = builder.ticker;
        maxStaleNanos = builder.maxStale.toNanos();
        FileWatch watch = builder.watched == null ? null : new FileWatch(builder.watched);
        long startedAt = ticker.getAsLong();
        snapshot = new Snapshot(load(), startedAt);
        scheduler = builder.scheduler != null ? builder.scheduler : newScheduler();
        earlyRefresh = new EarlyRefresh(scheduler, EARLY_REFRESH_PAUSE, this::refreshSoon);
        tell(() -> listener.loaded(snapshot.ring));
        every(builder.refreshEvery, this::refreshSoon);
        if (watch != null) {
            every(WATCH_EVERY, () -> {
                if (watch.changed()) {
                    refreshSoon();
                }
            });
        }
    }

    /** A source of a {@link KeyRingFile} that follows the file: looks at it each second and reloads on a change. */
    public static RefreshingKeySource watching(Path ringFile) throws IOException {
        return builder(KeyLoader.ringFile(ringFile)).watch(ringFile).build();
    }

    /** A source of whatever the loader loads. */
    public static Builder builder(KeyLoader loader) {
        return new Builder(loader);
    }

    @Override
    public @Nullable KeyRing current() {
        Snapshot latest = snapshot;
        return ticker.getAsLong() - latest.loadedAtNanos <= maxStaleNanos ? latest.ring : null;
    }

    /**
     * Loads the ring again, off the caller's thread: for a store that pushes its changes. Callers that ask while a
     * load is waiting to start share it.
     *
     * @return completes with the ring that is in use after the load, or with the load's failure
     */
    public CompletableFuture<KeyRing> refreshNow() {
        CompletableFuture<KeyRing> asked = new CompletableFuture<>();
        CompletableFuture<KeyRing> sooner = waiting.compareAndExchange(null, asked);
        if (sooner != null) {
            return sooner.copy();
        }
        try {
            scheduler.execute(this::refresh);
        } catch (RejectedExecutionException closed) {
            failWaiting();
        }
        return asked.copy();
    }

    private void failWaiting() {
        CompletableFuture<KeyRing> asked = waiting.getAndSet(null);
        if (asked != null) {
            asked.completeExceptionally(new IllegalStateException("the key source is closed"));
        }
    }

    /**
     * Refreshes soon. However many unknown keys proofs name, there is at most one such refresh each five seconds, and
     * one always follows the last of them: forged key ids can neither cause a storm nor crowd out a genuine one.
     */
    @Override
    public void unknownKey(String keyId) {
        earlyRefresh.ask();
    }

    @Override
    public void used(String keyId) {
        if (use.note(keyId)) {
            try {
                scheduler.execute(() -> tell(() -> listener.keyFirstUsed(keyId)));
            } catch (RejectedExecutionException closed) {
                // Nobody listens any more.
            }
        }
    }

    /** How long ago the ring in use was last confirmed by a load. */
    public Duration ringAge() {
        return Duration.ofNanos(ticker.getAsLong() - snapshot.loadedAtNanos);
    }

    /** Why the last load failed, in one line; null while the last load succeeded. */
    public @Nullable String lastFailure() {
        Exception failure = lastFailure;
        if (failure == null) {
            return null;
        }
        String message = failure.getMessage();
        return message != null ? message : failure.getClass().getName();
    }

    /** Stops refreshing. The last ring serves on until {@code maxStale}. */
    @Override
    public void close() {
        scheduler.shutdownNow();
        failWaiting();
    }

    private void refreshSoon() {
        // A failure is kept, logged and told to the listener.
        var unused = refreshNow();
    }

    private void refresh() {
        CompletableFuture<KeyRing> asked = waiting.getAndSet(null);
        Instant now = Instant.now();
        use.takeSeen().forEach(keyId -> tell(() -> listener.keyLastSeen(keyId, now)));
        long startedAt = ticker.getAsLong();
        try {
            KeyRing loaded = load();
            KeyRing former = snapshot.ring;
            if (loaded.version() < former.version()) {
                throw new IOException("the loaded ring has version " + loaded.version() + ", older than version "
                        + former.version() + " in use");
            }
            boolean news = lastFailure != null || !loaded.isSameAs(former);
            snapshot = new Snapshot(loaded, startedAt);
            lastFailure = null;
            if (news) {
                LOG.log(System.Logger.Level.INFO, "loaded {0}", loaded);
                tell(() -> listener.loaded(loaded));
            }
            complete(asked, loaded, null);
        } catch (IOException | RuntimeException failure) {
            keep(failure);
            complete(asked, null, failure);
        } catch (Error broken) {
            // Say so and go on: a loader that lacks a class today must not end the refreshing for good.
            keep(new IOException("the loader failed with " + broken.getClass().getName()));
            complete(asked, null, broken);
        }
    }

    private KeyRing load() throws IOException {
        KeyRing loaded = loader.load();
        if (loaded == null) {
            throw new IOException("the loader returned null; allowed is a ring");
        }
        return loaded;
    }

    private void keep(Exception failure) {
        lastFailure = failure;
        LOG.log(
                System.Logger.Level.WARNING,
                "could not load the key ring; version {0}, {1} old, stays in use: {2}",
                snapshot.ring.version(),
                ringAge(),
                failure.getMessage());
        tell(() -> listener.failed(failure, ringAge()));
    }

    private static void complete(
            @Nullable CompletableFuture<KeyRing> asked, @Nullable KeyRing ring, @Nullable Throwable failure) {
        if (asked == null) {
            return;
        }
        if (failure != null) {
            asked.completeExceptionally(failure);
        } else {
            asked.complete(ring);
        }
    }

    private void every(Duration period, Runnable task) {
        long nanos = period.toNanos();
        var unused = scheduler.scheduleWithFixedDelay(task, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException thrown) {
            LOG.log(System.Logger.Level.WARNING, "a KeyListener threw", thrown);
        }
    }

    private static ScheduledExecutorService newScheduler() {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "countersign-keys");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Builds a {@link RefreshingKeySource}. Not thread-safe. */
    public static final class Builder {
        private final KeyLoader loader;
        private Duration refreshEvery = Duration.ofSeconds(60);
        private Duration maxStale = Duration.ofMinutes(15);
        private @Nullable Path watched;
        private KeyListener listener = new KeyListener() {};
        private LongSupplier ticker = System::nanoTime;
        private @Nullable ScheduledExecutorService scheduler;

        private Builder(KeyLoader loader) {
            this.loader = loader;
        }

        /** How often the ring is loaded without any other cause: 60 s unless set, at least 1 s. */
        public Builder refreshEvery(Duration period) {
            this.refreshEvery = requireAtLeastOneSecond("refreshEvery", period);
            return this;
        }

        /** How long a ring is trusted that no load could confirm: 15 min unless set, at least 1 s. */
        public Builder maxStale(Duration age) {
            this.maxStale = requireAtLeastOneSecond("maxStale", age);
            return this;
        }

        /** A file whose change means that the ring has changed; looked at every second. */
        public Builder watch(Path file) {
            this.watched = file;
            return this;
        }

        /** Who hears of loads and failures. */
        public Builder listener(KeyListener keyListener) {
            this.listener = keyListener;
            return this;
        }

        /** Monotonic time in nanoseconds, for tests: {@link System#nanoTime} unless set. */
        public Builder ticker(LongSupplier nanos) {
            this.ticker = nanos;
            return this;
        }

        /**
         * The single-threaded executor that loads, for tests and for hosts that own their threads: a daemon thread
         * unless set. It is shut down when the source is closed.
         */
        public Builder scheduler(ScheduledExecutorService singleThreaded) {
            this.scheduler = singleThreaded;
            return this;
        }

        /**
         * Loads the ring, and starts to keep it fresh.
         *
         * @throws IOException when the first load fails
         * @throws IllegalArgumentException when {@code maxStale} is shorter than {@code refreshEvery}
         */
        public RefreshingKeySource build() throws IOException {
            if (maxStale.compareTo(refreshEvery) < 0) {
                throw new IllegalArgumentException(
                        "maxStale is " + maxStale + "; allowed is refreshEvery (" + refreshEvery + ") or more");
            }
            return new RefreshingKeySource(this);
        }

        private static Duration requireAtLeastOneSecond(String field, Duration value) {
            if (value.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(field + " is " + value + "; allowed is 1 s or more");
            }
            return value;
        }
    }
}
