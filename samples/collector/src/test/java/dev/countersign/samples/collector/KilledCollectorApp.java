package dev.countersign.samples.collector;

import dev.countersign.client.Countersign;
import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An app with the real client, which tracks as fast as the collector takes it, and remembers what was acknowledged. */
final class KilledCollectorApp implements AutoCloseable {
    /** A few full batches: enough for one to be under way at any moment. */
    private static final int MOST_QUEUED = 600;

    private final String userId;
    private final Countersign client;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Collection<String> complaints = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::track, "app");
    private volatile boolean stopped;
    private long tracked;

    KilledCollectorApp(String url, String apiKey, TestEnvironment.Key key, String userId, Path directory) {
        this.userId = userId;
        client = Countersign.builder(apiKey)
                .endpoint(url)
                .directory(directory.toFile())
                .flushAt(50)
                .flushEvery(50, TimeUnit.MILLISECONDS)
                .callbackExecutor(Runnable::run)
                .logger((level, message, cause) -> {})
                .build();
        client.identify(
                userId, IdentityProof.token(Proofs.v1(key.secret(), userId)).withKeyName(key.id()));
        thread.start();
    }

    private void track() {
        while (!stopped) {
            if (client.diagnostics().getQueuedEvents() > MOST_QUEUED) {
                client.flush(); // Its wait after a failure ends a second after that: the collector is soon back.
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            long n = tracked++;
            client.track("Work Done", Attributes.of("n", n), outcome -> became(n, outcome));
        }
    }

    private void became(long n, DeliveryOutcome outcome) {
        if (outcome.getKind() == DeliveryOutcome.Kind.DELIVERED) {
            acknowledged.add(userId + " " + n);
        } else {
            complaints.add(userId + " " + n + " " + outcome.getKind() + " " + outcome.getCode());
        }
    }

    /** What the collector acknowledged, each event as its owner and number. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** What was refused or given up, which nothing should be. */
    Collection<String> complaints() {
        return complaints;
    }

    /** Tracks no more, waits until all is delivered, and says how many events it tracked. */
    long stop() throws InterruptedException {
        stopped = true;
        thread.join();
        client.flush();
        if (!client.flush(60, TimeUnit.SECONDS)) {
            complaints.add(userId + " could not deliver: " + client.diagnostics());
        }
        return tracked;
    }

    @Override
    public void close() {
        stopped = true;
        client.close(1, TimeUnit.SECONDS);
    }
}
