package dev.countersign.samples.backends.micronaut.signing;

import dev.countersign.server.key.KeyListener;
import dev.countersign.server.key.KeyRing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Counts what happens to one environment's keys: {@code countersign.ring.loads} (new rings), {@code
 * countersign.ring.failures} (failed loads: alert on these) and {@code countersign.keys.used} (keys used for the first
 * time: one more after each rotation). No key id and no user id is a label.
 */
final class RingMetrics implements KeyListener {
    private final Counter loads;
    private final Counter failures;
    private final Counter keysUsed;

    RingMetrics(MeterRegistry registry, String environment) {
        loads = registry.counter("countersign.ring.loads", "environment", environment);
        failures = registry.counter("countersign.ring.failures", "environment", environment);
        keysUsed = registry.counter("countersign.keys.used", "environment", environment);
    }

    @Override
    public void loaded(KeyRing ring) {
        loads.increment();
    }

    @Override
    public void failed(Exception failure, Duration ringAge) {
        failures.increment();
    }

    @Override
    public void keyFirstUsed(String keyId) {
        keysUsed.increment();
    }
}
