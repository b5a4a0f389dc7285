package dev.countersign.benchmarks.all;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Verdicts follow from figures alone. */
class BarsTest {
    private final Figures figures = new Figures();

    @Test
    void theMedianHolds_theBarIsHeld_andRunsThatMissItAreCounted() {
        add("HmacHexVerify", "countersign", "÷ limit", 1.25, 1.05, 1.15);
        assertEquals(
                List.of("| hex verification ÷ its limit | ≤ 1.20 | 1.15 (1.05–1.25) | held; held in 2 of 3 runs |"),
                lines());
    }

    @Test
    void noRunHolds_theBarIsMissed() {
        add("collector", "full", "events/s", 90_000, 80_000);
        assertEquals(
                List.of("| collector: stored events/s | ≥ 100,000 | 85,000 (80,000–90,000) | **missed** |"), lines());
    }

    @Test
    void theFastestPeer_isTheFastestOfEachRun_andNeitherOursNorTheLimit() {
        add("JwtSign", "limit", "÷ countersign", 0.5, 0.5, 0.5);
        add("JwtSign", "countersignReusedClaims", "÷ countersign", 0.9, 0.9, 0.9);
        add("JwtSign", "javaJwt", "÷ countersign", 2.5, 1.5, 2.5);
        add("JwtSign", "tink", "÷ countersign", 3, 3, 2.25);
        assertEquals(
                List.of("| fastest peer ÷ signing a token | ≥ 2 | 2.25 (1.50–2.50) | held; held in 2 of 3 runs |"),
                lines());
    }

    @Test
    void aPeerThatOnlyKeepsEventsInFiles_isNoneOfTheInMemoryPeers() {
        add("caller", "COUNTERSIGN", "median ns", 1_000);
        add("caller", "SEGMENT_JAVA", "median ns", 2_500);
        add("caller", "AMPLITUDE", "median ns", 10);
        assertEquals(List.of("| client: fastest in-memory peer ÷ a call, median | > 1 | 2.50 | held |"), lines());
    }

    @Test
    void nothingMeasured_noBars() {
        assertEquals(List.of(), lines());
    }

    private List<String> lines() {
        return Bars.of(figures).stream()
                .map(bar -> "| " + bar.name() + " | " + bar.demanded() + " | " + bar.measured() + " | " + bar.verdict()
                        + " |")
                .toList();
    }

    private void add(String table, String row, String metric, double... values) {
        for (int run = 1; run <= values.length; run++) {
            figures.add(run, table, row, metric, values[run - 1]);
        }
    }
}
