package dev.countersign.samples.collector.scaled;

import dev.countersign.samples.collector.access.Credentials;
import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.Verifiers;
import dev.countersign.samples.collector.runtime.LiveEnvironment;
import dev.countersign.samples.collector.runtime.LiveEnvironments;
import dev.countersign.samples.collector.runtime.Time;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Brings changes that other collectors made into use here: at once, when the database tells of them, and every 60
 * seconds whatever it tells. Afterwards it reports how far this collector is, and which rings its verifiers have.
 */
final class ChangeListener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ChangeListener.class.getName());
    private static final long REFRESH_SECONDS = 60;
    private static final long REPORT_SECONDS = 5;
    private static final int LISTEN_MILLIS = 200;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    private static final String CREDENTIALS = "credentials";

    private final PostgresDatabase database;
    private final Instances instances;
    private final LiveEnvironments environments;
    private final Credentials credentials;
    private final Verifiers verifiers;
    private final String name;
    private final ScheduledExecutorService timer;
    private final Thread thread = new Thread(this::listen, "collector-changes");
    private final Map<String, Long> reported = new HashMap<>(); // Guarded by this, as the next one.
    private long applied;
    private volatile boolean closing;

    ChangeListener(
            PostgresDatabase database,
            Instances instances,
            LiveEnvironments environments,
            Credentials credentials,
            Verifiers verifiers,
            String name,
            Time time) {
        this.database = database;
        this.instances = instances;
        this.environments = environments;
        this.credentials = credentials;
        this.verifiers = verifiers;
        this.name = Instances.VERIFIER + name;
        this.timer = time.schedulers().get();
        takeAllOver();
        var unusedRefresh = timer.scheduleWithFixedDelay(
                () -> tried(this::takeAllOver), REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
        var unusedReport = timer.scheduleWithFixedDelay(
                () -> tried(this::report), REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
        thread.setDaemon(true);
        thread.start();
    }

    /** Everything as it is in the database now. */
    private synchronized void takeAllOver() {
        long change = instances.lastChange();
        environments.refreshAll(); // Finds those that are new here.
        boolean all = true;
        for (LiveEnvironment live : environments.all()) {
            all &= refresh(live.environment().id());
        }
        credentials.reload();
        if (all) {
            applied = Math.max(applied, change);
        }
        report();
    }

    private boolean refresh(String environment) {
        try {
            environments.refresh(environment);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be read: {1}", environment, e.getMessage());
            return false;
        }
    }

    private synchronized void report() {
        for (LiveEnvironment live : environments.all()) {
            Environment environment = live.environment();
            for (String ring : Set.copyOf(List.of(environment.userRing(), environment.groupRing()))) {
                long version = live.ringVersion(ring);
                if (version > 0 && !Long.valueOf(version).equals(reported.get(ring))) {
                    verifiers.report(ring, name, version);
                    reported.put(ring, version);
                }
            }
        }
        instances.report(applied);
    }

    private void listen() {
        while (!closing) {
            try (Connection open = database.connect()) {
                try (var statement = open.createStatement()) {
                    statement.execute("LISTEN collector_change");
                }
                takeAllOver(); // What was told while nobody listened.
                while (!closing) {
                    PGNotification[] told = open.unwrap(PGConnection.class).getNotifications(LISTEN_MILLIS);
                    if (told != null && told.length > 0) {
                        takeOver(told);
                    }
                }
            } catch (SQLException | RuntimeException e) {
                if (!closing) {
                    LOG.log(System.Logger.Level.WARNING, "not listening for changes: {0}", e.getMessage());
                    pause();
                }
            }
        }
    }

    /** Their numbers come in the order of the commits, without gaps. */
    private synchronized void takeOver(PGNotification[] told) {
        Set<String> changed = new LinkedHashSet<>();
        long last = applied;
        for (PGNotification notification : told) {
            String[] words = notification.getParameter().split(" ", 3);
            last = Math.max(last, Long.parseLong(words[0]));
            changed.add(words[words.length - 1]);
        }
        boolean all = true;
        for (String what : changed) {
            if (what.equals(CREDENTIALS)) {
                credentials.reload();
            } else {
                all &= refresh(what);
            }
        }
        if (all) {
            applied = last;
        }
        report();
    }

    private static void tried(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "changes cannot be read: {0}", e.getMessage());
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        timer.shutdownNow();
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tried(instances::leave);
    }
}
