package dev.countersign.samples.kill;

import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Halts its own process: at a given moment, or as soon as it sees the client in a given phase. */
final class Executioner {
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);
    private static final long MOST_LATER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private Executioner() {}

    /** Waits for the moment that {@code halt} names, on a thread of its own. */
    static void watch(String halt, Ledger ledger) {
        if (!halt.equals(Script.NEVER)) {
            Thread thread = new Thread(() -> execute(halt, ledger), "executioner");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void execute(String halt, Ledger ledger) {
        if (Character.isDigit(halt.charAt(0))) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(halt)));
            end(ledger, seen());
        }
        Phase aim = Phase.valueOf(halt);
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        // Not the first sight, which would always be the same moment of a process's life.
        int sights = aim == Phase.OPENING ? 1 : ThreadLocalRandom.current().nextInt(1, 4);
        Set<Phase> seen = seen();
        while (System.nanoTime() < giveUp && sights > 0) {
            seen = seen();
            sights -= seen.contains(aim) ? 1 : 0;
        }
        end(ledger, seen);
    }

    private static Set<Phase> seen() {
        return Phase.of(Thread.getAllStackTraces().values());
    }

    private static void end(Ledger ledger, Set<Phase> seen) {
        ledger.write(Ledger.Kind.HALTING, 0, Phase.bits(seen));
        long end = System.nanoTime() + ThreadLocalRandom.current().nextLong(MOST_LATER_NANOS);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        Runtime.getRuntime().halt(137);
    }
}
