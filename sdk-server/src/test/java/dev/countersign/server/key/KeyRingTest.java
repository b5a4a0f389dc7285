package dev.countersign.server.key;

import static dev.countersign.server.TestKeys.key;
import static dev.countersign.server.TestKeys.primary;
import static dev.countersign.server.TestKeys.ring;
import static dev.countersign.server.key.KeyStatus.PENDING;
import static dev.countersign.server.key.KeyStatus.RETIRING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    @Test
    void activeKeys_startWithThePrimaryAndLeaveRevokedOnesOut() {
        KeyRing ring = ring(1, key("k1", RETIRING), SigningKey.revoked("k0"), primary("k2"), key("k3", PENDING));
        assertEquals(
                List.of("k2", "k1", "k3"),
                ring.activeKeys().stream().map(SigningKey::id).toList());
        assertEquals("k2", ring.primary().id());
        assertEquals(KeyStatus.REVOKED, ring.find("k0").status());
        assertNull(ring.find("k9"));
    }

    @Test
    void aKeyIdRepeats_theRingIsRefused() {
        refused("key id k1 stands in the ring twice; ids are unique", primary("k1"), key("k1", PENDING));
    }

    @Test
    void thereIsNotOnePrimary_theRingIsRefused() {
        refused("ring has 0 primary keys; allowed is exactly 1", key("k1", PENDING));
        refused("ring has 2 primary keys; allowed is exactly 1", primary("k1"), primary("k2"));
    }

    @Test
    @Tag("R30")
    void sixKeysAreActive_theRingIsRefused() {
        refused(
                "ring has 6 active keys; allowed are at most 5",
                primary("k1"),
                key("k2", PENDING),
                key("k3", PENDING),
                key("k4", PENDING),
                key("k5", RETIRING),
                key("k6", RETIRING));
    }

    @Test
    void theVersionIsNegative_theRingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ring(-1, primary("k1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "ümlaut", "line\nbreak"})
    void aKeyIdHasOtherCharacters_itIsRefused(String id) {
        assertThrows(IllegalArgumentException.class, () -> primary(id));
    }

    @Test
    void aKeyIdHas129Characters_itIsRefusedAnd128AreNot() {
        assertEquals(128, primary("k".repeat(128)).id().length());
        assertThrows(IllegalArgumentException.class, () -> primary("k".repeat(129)));
    }

    private static void refused(String message, SigningKey... keys) {
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> ring(1, keys));
        assertEquals(message, problem.getMessage());
    }
}
