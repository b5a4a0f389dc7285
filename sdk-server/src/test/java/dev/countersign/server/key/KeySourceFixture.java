package dev.countersign.server.key;

import static dev.countersign.server.TestKeys.primary;
import static dev.countersign.server.TestKeys.ring;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.VerificationException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A key source on a loader, a clock and a scheduler that the test holds in hand. */
abstract class KeySourceFixture {
    final ManualScheduler time = new ManualScheduler();

    final SigningKey first = primary("k1");

    final List<String> told = new ArrayList<>();

    KeyRing stored = ring(1, first);

    IOException failure;

    Error broken;

    int loads;

    RefreshingKeySource source;

    @BeforeEach
    void build() throws IOException {
        source = RefreshingKeySource.builder(this::load)
                .listener(listener())
                .ticker(time::nanos)
                .scheduler(time)
                .build();
    }

    KeyRing load() throws IOException {
        loads++;
        if (failure != null) {
            throw failure;
        }
        if (broken != null) {
            throw broken;
        }
        return stored;
    }

    KeyListener listener() {
        return new KeyListener() {
            @Override
            public void loaded(KeyRing ring) {
                told.add("loaded " + ring.version());
            }

            @Override
            public void failed(Exception cause, Duration ringAge) {
                told.add("failed after " + ringAge.toSeconds());
            }

            @Override
            public void keyFirstUsed(String keyId) {
                told.add("first " + keyId);
            }

            @Override
            public void keyLastSeen(String keyId, Instant at) {
                told.add("seen " + keyId);
            }
        };
    }

    static void refused(KeySource keys, String keyId, RejectionReason expected) {
        VerificationException refusal = assertThrows(VerificationException.class, () -> keys.verifyingKeys(keyId));
        assertEquals(expected, refusal.reason());
    }
}
