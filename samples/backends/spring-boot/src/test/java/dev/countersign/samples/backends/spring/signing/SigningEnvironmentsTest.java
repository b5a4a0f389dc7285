package dev.countersign.samples.backends.spring.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.samples.backends.spring.signing.CountersignProperties.Environment;
import dev.countersign.samples.backends.spring.signing.CountersignProperties.Form;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRingFile;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class SigningEnvironmentsTest {
    private static final SignedInUser ADA = new SignedInUser() {
        @Override
        public String userId() {
            return "u_123";
        }

        @Override
        public String groupId() {
            return "acme";
        }
    };

    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Path file;
    private KeyRing ring;
    private SigningEnvironments environments;

    @BeforeEach
    void open() throws Exception {
        file = directory.resolve("ring.json");
        ring = KeyRing.of(1, List.of(SigningKey.of("k1", Secret.of(Secret.generateText()), KeyStatus.PRIMARY)));
        KeyRingFile.write(file, ring);
        Environment settings = new Environment(file, Form.HMAC_V1, null, Duration.ofMinutes(15), Duration.ofSeconds(2));
        environments = new SigningEnvironments(
                new CountersignProperties(Map.of("production", settings)), name -> new RingMetrics(registry, name));
    }

    @AfterEach
    void close() {
        environments.close();
    }

    @Test
    void aRotation_isCountedAndSignedWith() throws Exception {
        ring = KeyRotation.promote(KeyRotation.add(ring, "k2", Secret.of(Secret.generateText())), "k2");
        KeyRingFile.write(file, ring);

        await(() -> identity().signingKeyName().equals("k2"));
        await(() -> counted("countersign.ring.loads") == 2);
        await(() -> counted("countersign.keys.used") >= 1);
        assertEquals(0, counted("countersign.ring.failures"));
    }

    @Test
    void aRingThatIsGone_isCountedThenBringsTheHealthDown() throws Exception {
        RingHealthIndicator indicator = new RingHealthIndicator(environments);
        assertEquals(Status.UP, indicator.health().getStatus());

        Files.delete(file);

        await(() -> counted("countersign.ring.failures") >= 1);
        await(() -> indicator.health().getStatus().equals(Status.DOWN));
        Health health = indicator.health();
        RingStatus status = (RingStatus) health.getDetails().get("production");
        assertNotNull(status);
        assertTrue(status.ringAgeSeconds() >= 2, status.toString());
        assertEquals("ring file cannot be read: NoSuchFileException", status.lastFailure());
    }

    private Identity identity() {
        return environments.get(null).identityOf(ADA);
    }

    private double counted(String counter) {
        return registry.counter(counter, "environment", "production").count();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not so within 30 seconds");
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
