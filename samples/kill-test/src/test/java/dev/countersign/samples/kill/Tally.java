package dev.countersign.samples.kill;

import java.util.EnumMap;
import java.util.Map;

/** Counts what the kills hit. */
final class Tally {
    private static final int MANY = 100;

    private final Map<Act, Integer> byAct = new EnumMap<>(Act.class);
    private final Map<Phase, Integer> byPhase = new EnumMap<>(Phase.class);
    private int kills;
    private int halts;
    private int aimed;
    private int beforeOpen;

    /** A process has ended. */
    void killed(Act act, boolean wasAimed, Book book) {
        kills++;
        aimed += wasAimed ? 1 : 0;
        byAct.merge(act, 1, Integer::sum);
        beforeOpen += book.isOpen() ? 0 : 1;
        if (book.halting() != 0) {
            halts++;
            Phase.fromBits(book.halting()).forEach(phase -> byPhase.merge(phase, 1, Integer::sum));
        }
    }

    /** Each of the phases that make this a test of something; a few kills cannot hit them all. */
    void requireEveryPhaseToBeHit() {
        for (Phase phase : Phase.values()) {
            if (kills >= MANY && !byPhase.containsKey(phase)) {
                throw new AssertionError("no kill hit the client " + phase + ": " + byPhase);
            }
        }
    }

    /** The figures. */
    String text(Book book, Verdict verdict) {
        return "kills " + kills + " (by signal 9 " + (kills - halts) + ", by halt " + halts + ", of which aimed "
                + aimed
                + "; before the directory was open " + beforeOpen + ")"
                + "\nwhile " + byAct
                + "\nhalts that hit the client while " + byPhase + "; calls under way at a kill " + book.underWay()
                + "\nreturned " + book.returned() + " stored " + verdict.stored() + " evicted " + verdict.evicted()
                + " (told by callback " + verdict.evictedByName() + ", by the listener " + book.evictedByCount()
                + ") lost " + verdict.lost() + " duplicated " + verdict.duplicated();
    }
}
