package dev.countersign.benchmarks.client;

import java.nio.file.Path;
import java.util.Map;

/**
 * One measurement of one SDK, in the JVM that this is the main class of. It prints a line {@code RESULT name=value} for each figure and
 * halts, so that nothing of the SDK's own ending is waited for.
 */
final class Trial {
    /** Begins each line of the result. */
    static final String RESULT = "RESULT ";

    private Trial() {}

    /**
     * Measures.
     *
     * @param args the measure, the peer, the port of the sink, the directory, how many calls
     */
    public static void main(String[] args) throws Exception {
        Measure measure = Measure.valueOf(args[0]);
        Setup setup = new Setup(Integer.parseInt(args[2]), Path.of(args[3]), measure.maxQueued);
        Map<String, Double> results = measure.run(Peer.valueOf(args[1]), setup, Integer.parseInt(args[4]));
        results.forEach((name, value) -> System.out.println(RESULT + name + "=" + value));
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
