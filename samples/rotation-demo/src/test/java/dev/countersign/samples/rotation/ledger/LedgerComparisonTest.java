package dev.countersign.samples.rotation.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.samples.rotation.ledger.LedgerComparison.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LedgerComparisonTest {

    private static final long TRACKED = 100;

    private final List<StoredEvent> rows = new ArrayList<>(LongStream.rangeClosed(1, TRACKED)
            .mapToObj(n -> row("ada", "phone", n, "env_1", "VERIFIED", "k1"))
            .toList());

    @Test
    void aStoreThatHoldsWhatWasTracked_hasNoFault() {
        assertEquals(new Findings(TRACKED, TRACKED, 0, 0, 0, 0, 0), compare());
    }

    @Test
    void aMissingRow_isLost() {
        rows.remove(41);
        assertEquals(new Findings(TRACKED, TRACKED - 1, 1, 0, 0, 0, 0), compare());
    }

    @Test
    void aSecondRowOfTheSameEvent_isADuplicate() {
        rows.add(rows.get(41));
        assertEquals(new Findings(TRACKED, TRACKED + 1, 0, 1, 0, 0, 0), compare());
    }

    @Test
    void aLostAndADoubledEvent_doNotMakeUpForEachOther() {
        rows.set(41, rows.get(42));
        assertEquals(new Findings(TRACKED, TRACKED, 1, 1, 0, 0, 0), compare());
    }

    @Test
    void aRowUnderAnotherUser_isMisattributed() {
        rows.set(41, row("bob", "phone", 42, "env_1", "VERIFIED", "k1"));
        assertEquals(new Findings(TRACKED, TRACKED, 0, 0, 1, 0, 0), compare());
    }

    @Test
    void aRowInAnotherEnvironment_isMisattributed() {
        rows.set(41, row("ada", "phone", 42, "env_2", "VERIFIED", "k1"));
        assertEquals(new Findings(TRACKED, TRACKED, 0, 0, 1, 0, 0), compare());
    }

    @Test
    void aRowThatNoKeyProved_isUnverified() {
        rows.set(41, row("ada", "phone", 42, "env_1", "ACCEPTED", null));
        assertEquals(new Findings(TRACKED, TRACKED, 0, 0, 0, 1, 0), compare());
    }

    @Test
    void aRowOfNoClient_isForeign() {
        rows.add(row("ada", null, 0, "env_1", "VERIFIED", "k1"));
        assertEquals(new Findings(TRACKED, TRACKED, 0, 0, 0, 0, 1), compare());
    }

    @Test
    void aRowThatItsClientDidNotTrack_isForeign() {
        rows.add(row("ada", "phone", TRACKED + 1, "env_1", "VERIFIED", "k1"));
        assertEquals(new Findings(TRACKED, TRACKED, 0, 0, 0, 0, 1), compare());
    }

    @Test
    void anIdentifyEventOfAKnownUser_isNoFault_andOfAnUnknownOneForeign() {
        rows.add(new StoredEvent("env_1", "identify", "ada", null, 0, "VERIFIED", "k1", 0));
        rows.add(new StoredEvent("env_1", "identify", "mallory", null, 0, "VERIFIED", "k1", 0));
        assertEquals(new Findings(TRACKED, TRACKED, 0, 0, 0, 0, 1), compare());
    }

    private Findings compare() {
        LedgerComparison comparison = new LedgerComparison();
        comparison.addLedger(
                "phone",
                "env_1",
                Set.of("ada", "bob"),
                LongStream.rangeClosed(1, TRACKED)
                        .mapToObj(n -> new TrackedEvent("phone", n, "ada"))
                        .toList());
        return comparison.compareWith(rows);
    }

    private static StoredEvent row(
            String user, String client, long n, String environment, String verdict, String keyId) {
        return new StoredEvent(environment, "track", user, client, n, verdict, keyId, 0);
    }
}
