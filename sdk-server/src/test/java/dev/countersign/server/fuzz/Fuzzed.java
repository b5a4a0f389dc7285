package dev.countersign.server.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;

/** Counts a target's executions, so that a run that does not fuzz fails. */
final class Fuzzed {
    private static final boolean FUZZING = System.getenv("JAZZER_FUZZ") != null;

    /** Far more than the seeds, and few enough for a machine that is busy with other things. */
    private static final long LEAST = 100;

    private final AtomicLong executions = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();

    void executed() {
        executions.incrementAndGet();
    }

    void accepted() {
        accepted.incrementAndGet();
    }

    /** Also that some inputs passed: a target that only ever sees refusals says little. */
    void assertFuzzed(String target) {
        System.err.println(target + ": " + executions + " executions, " + accepted + " inputs accepted");
        assertTrue(!FUZZING || executions.get() >= LEAST, "executions: " + executions);
        assertTrue(accepted.get() > 0, "no input was accepted");
    }
}
