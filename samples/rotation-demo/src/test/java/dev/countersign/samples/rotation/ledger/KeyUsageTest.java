package dev.countersign.samples.rotation.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KeyUsageTest {

    private static final List<StoredEvent> ROWS = List.of(row("k1", 1_000), row("k1", 5_000), row("k2", 9_000));

    @Test
    void keysThatWereUsedUntilTheirRevocation_haveNoFault() {
        assertEquals(List.of(), KeyUsage.faults(ROWS, List.of("k1", "k2"), Map.of("k1", 6_000L)));
    }

    @Test
    @Tag("R88")
    void aKeyThatWasAcceptedAfterItsRevocation_isAFault() {
        assertEquals(
                List.of("key k1 was accepted 2000 ms after its revocation"),
                KeyUsage.faults(ROWS, List.of("k1", "k2"), Map.of("k1", 3_000L)));
    }

    @Test
    void aKeyThatProvedNothing_isAFault() {
        assertEquals(List.of("key k3 proved no event"), KeyUsage.faults(ROWS, List.of("k1", "k2", "k3"), Map.of()));
    }

    private static StoredEvent row(String keyId, long receivedAt) {
        return new StoredEvent("env_1", "track", "ada", "phone", 1, "VERIFIED", keyId, receivedAt);
    }
}
