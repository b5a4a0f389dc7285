package dev.countersign.client.model;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.state.ActionChain;

/**
 * Whatever happens in whatever order, by several users, through log-outs, refused and late proofs, faults, requests in
 * flight, and killed processes: nobody's events carry another's proof, and each is stored once or was given up and
 * reported. The short form runs with the other tests; {@code mvn -Pmodel} runs a million steps.
 */
class ModelTest {
    private static final int STEPS = 100;
    private static final String[] NAMES = {"requests", "events sent", "events stored", "events made", "processes"};

    private static long sequences;
    private static final long[] TOTALS = new long[NAMES.length];

    @Property
    @Tag("R82")
    void anyInterleaving_crossesNobodyAndLosesNothing(@ForAll("chains") ActionChain<World> chain) {
        World[] world = new World[1];
        try {
            chain.peek(w -> world[0] = w).run().everybodyReturns();
            long[] figures = world[0].figures();
            for (int i = 0; i < figures.length; i++) {
                TOTALS[i] += figures[i];
            }
            sequences++;
        } finally {
            if (world[0] != null) {
                world[0].close();
            }
        }
    }

    @Provide
    Arbitrary<ActionChain<World>> chains() {
        return Steps.chains().withMaxTransformations(STEPS);
    }

    @AfterContainer
    static void print() {
        StringBuilder line = new StringBuilder("model: " + sequences + " sequences, " + sequences * STEPS + " steps");
        for (int i = 0; i < NAMES.length; i++) {
            line.append(", ").append(TOTALS[i]).append(' ').append(NAMES[i]);
        }
        System.out.println(line);
    }
}
