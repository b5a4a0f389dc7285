package dev.countersign.samples.rotation;

import dev.countersign.samples.rotation.account.LiveAccount;
import dev.countersign.samples.rotation.account.Phases;
import dev.countersign.samples.rotation.operator.IssuedKey;
import dev.countersign.samples.rotation.operator.KeysInUse;
import dev.countersign.samples.rotation.process.Children;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * Stands by while the operator works: waits for things, and every second prints the live account, reads the enforcement
 * mode and sees that every process is alive. Confined to one thread.
 */
final class Watch {

    private static final long SECOND = 1_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Children children;
    private final Stage stage;
    private final LiveAccount account;
    private final Phases phases;
    private final KeysInUse keysInUse;
    private final Set<String> modes = new TreeSet<>();
    private final Map<String, Long> revocations = new HashMap<>();
    private long nextLook = System.nanoTime();

    Watch(Children children, Stage stage, LiveAccount account, Phases phases) {
        this.children = children;
        this.stage = stage;
        this.account = account;
        this.phases = phases;
        this.keysInUse = new KeysInUse(stage.collector(), stage.environments());
    }

    /** Begins a phase. */
    void phase(int rotation, String name) {
        phases.begin(rotation, name);
    }

    /** Notes that {@code key} was revoked just now. */
    void revoked(IssuedKey key) {
        revocations.put(key.id(), System.currentTimeMillis());
    }

    /** Waits for {@code time}. */
    void pause(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            lookEverySecond();
            Thread.sleep(20);
        }
    }

    /**
     * Waits until {@code condition} is met.
     *
     * @throws IOException if it is not within 30 s
     */
    void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new IOException("waited " + PATIENCE.toSeconds() + " s for " + what);
            }
            pause(Duration.ofMillis(200));
        }
    }

    /** Every enforcement mode that was read. */
    Set<String> modes() {
        return modes;
    }

    /** When each revoked key was revoked, in milliseconds since 1970. */
    Map<String, Long> revocations() {
        return revocations;
    }

    private void lookEverySecond() throws Exception {
        if (System.nanoTime() < nextLook) {
            return;
        }
        nextLook += SECOND;
        children.requireAllAlive();
        modes.addAll(stage.collector().modes(stage.environments()));
        account.tick(keysInUse.sinceLastCall());
    }
}
