package dev.countersign.samples.backends.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Says which back ends this run checks, which it leaves out, and why. In CI none may be left out. */
class InstalledBackEndsTest {

    @Test
    void everyBackEnd_isCheckedOrLeftOutForAReason() {
        List<String> skipped = BackEndUnderTest.ALL.stream()
                .filter(backEnd -> backEnd.missing().isPresent())
                .map(backEnd -> backEnd.name() + " (" + backEnd.missing().orElseThrow() + ")")
                .toList();

        System.out.println("token back ends: " + (BackEndUnderTest.ALL.size() - skipped.size()) + " checked, "
                + skipped.size() + " skipped");
        skipped.forEach(backEnd -> System.out.println("  skipped: " + backEnd));
        if (Installed.isCi()) {
            assertEquals(List.of(), skipped, "CI=true: nothing may be skipped");
        }
    }

    @Test
    void thereAreNine() {
        assertEquals(9, BackEndUnderTest.ALL.stream().distinct().count());
    }
}
