package dev.countersign.samples.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void overlap_isTrueOrFalse_andNothingElse() {
        assertTrue(overlap("true").keysOverlap());
        assertFalse(overlap("false").keysOverlap());
        assertEquals(
                "demo.overlap is \"no\", allowed: true, false",
                assertThrows(IllegalArgumentException.class, () -> overlap("no").keysOverlap())
                        .getMessage());
    }

    @Test
    void aDrain_outlastsEveryProofOnItsWay() {
        Pace pace = Pace.demo();
        assertEquals(Duration.ofSeconds(8), pace.drain());
        assertTrue(pace.drain().compareTo(pace.proofLifetime().plus(pace.callTimeout())) > 0);
    }

    private static Settings overlap(String value) {
        return new Settings(Path.of("samples"), Path.of("target"), false, value);
    }
}
