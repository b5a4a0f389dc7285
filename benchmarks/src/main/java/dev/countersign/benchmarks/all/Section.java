package dev.countersign.benchmarks.all;

import java.util.List;
import java.util.Locale;

/** The parts of a run, each of them a program of its own, which prints its figures. */
enum Section {
    SIGNING(15, List.of("HmacHexSign", "JwtSign")),
    VERIFYING(15, List.of("HmacHexVerify", "JwtVerify")),
    CLIENT(25, List.of("caller", "throughput", "kept", "start 0", "start 10000", "start 1000000", "full")),
    /** Of the client too. It mostly waits, so all its runs are one program. */
    OUTAGE(30, List.of("outage")),
    COLLECTOR(10, List.of("collector"));

    /** After which a run of it is given up. */
    final int mostMinutes;
    /** What it measures. */
    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    final List<String> tables;

    Section(int mostMinutes, List<String> tables) {
        this.mostMinutes = mostMinutes;
        this.tables = tables;
    }

    /** As one names it on the command line, and in the name of its file. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
