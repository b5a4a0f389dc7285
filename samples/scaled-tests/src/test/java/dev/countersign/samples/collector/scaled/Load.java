package dev.countersign.samples.collector.scaled;

import dev.countersign.client.Countersign;
import dev.countersign.client.delivery.DeliveryListener;
import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.DropReason;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Events of real clients, at a steady rate. */
final class Load implements AutoCloseable {
    private static final int TICK_MILLIS = 10;

    private final List<Countersign> clients = new ArrayList<>();
    private final AtomicLong tracked = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Map<String, Integer> postponed = new TreeMap<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private volatile boolean running;

    Load(String url, String apiKey, String keyId, String secret, Path directory, int users, int perSecond) {
        HmacSigner signer = HmacSigner.create(
                HmacFormat.HEX,
                KeySource.of(KeyRing.of(1, List.of(SigningKey.of(keyId, Secret.of(secret), KeyStatus.PRIMARY)))));
        for (int i = 0; i < users; i++) {
            Countersign client = Countersign.builder(apiKey)
                    .endpoint(url)
                    .directory(directory.resolve("client-" + i).toFile())
                    .unsigned()
                    .flushEvery(1, TimeUnit.SECONDS)
                    .flushAt(250)
                    .callTimeout(20, TimeUnit.SECONDS)
                    .maxQueuedEvents(1_000_000)
                    .maxQueuedBytes(1L << 29)
                    .callbackExecutor(Runnable::run)
                    .listener(new Listener())
                    .build();
            String user = "u_" + i;
            client.identify(user, IdentityProof.signature(signer.signUser(user).value()));
            tracked.incrementAndGet(); // The identify is an event too.
            clients.add(client);
        }
        int each = perSecond * TICK_MILLIS / 1000 / users;
        var unused = timer.scheduleAtFixedRate(() -> tick(each), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick(int each) {
        if (!running) {
            return;
        }
        for (int i = 0; i < each; i++) {
            for (Countersign client : clients) {
                long n = tracked.incrementAndGet();
                client.track(
                        "Work Done",
                        Attributes.of("n", n, "plan", "pro", "amount", 42.5, "country", "PL", "source", "load"));
            }
        }
    }

    void run(boolean on) {
        running = on;
    }

    /** Ends what was begun, and waits until all of it is acknowledged. */
    void finish(long seconds) throws InterruptedException {
        running = false;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (sent.get() < tracked.get() && System.nanoTime() < deadline) {
            for (Countersign client : clients) {
                client.flush(2, TimeUnit.SECONDS);
            }
        }
    }

    void flush() {
        clients.forEach(Countersign::flush);
    }

    long tracked() {
        return tracked.get();
    }

    long sent() {
        return sent.get();
    }

    /** Dropped or rejected for good. */
    long lost() {
        return lost.get();
    }

    synchronized Map<String, Integer> takePostponed() {
        Map<String, Integer> taken = new TreeMap<>(postponed);
        postponed.clear();
        return taken;
    }

    private synchronized void postpone(String reason) {
        postponed.merge(reason, 1, Integer::sum);
    }

    private final class Listener extends DeliveryListener {
        @Override
        public void sent(int events) {
            sent.addAndGet(events);
        }

        @Override
        public void rejected(List<DeliveryOutcome> outcomes) {
            lost.addAndGet(outcomes.size());
        }

        @Override
        public void dropped(DropReason reason, int events) {
            lost.addAndGet(events);
        }

        @Override
        public void postponed(String reason, long millis) {
            postpone(reason);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        clients.forEach(client -> client.close(1, TimeUnit.SECONDS));
    }
}
