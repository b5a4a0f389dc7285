package dev.countersign.benchmarks;

import dev.countersign.benchmarks.all.All;
import java.util.Arrays;

/** The one command; see benchmarks/README.md. */
public final class CountersignBenchmarks {
    private CountersignBenchmarks() {}

    /**
     * Runs benchmarks.
     *
     * @param args {@code all}, {@code all-short} or {@code page}, the page to write, and options, as {@link All} has them;
     *     or {@code jmh} and optionally a regular expression of rows
     */
    public static void main(String[] args) throws Exception {
        String[] rest = Arrays.copyOfRange(args, Math.min(1, args.length), args.length);
        switch (args.length == 0 ? "" : args[0]) {
            case "all" -> All.run(All.Form.FULL, rest);
            case "all-short" -> All.run(All.Form.SHORT, rest);
            case "page" -> All.run(All.Form.PAGE, rest);
            case "jmh" -> Jmh.run(rest.length > 0 ? rest[0] : CountersignBenchmarks.class.getPackageName());
            default ->
                throw new IllegalArgumentException(
                        "usage: all|all-short|page <page.md> [runs=5]"
                                + " [sections=signing,verifying,client,outage,collector] [add] [rows=<regular expression>]"
                                + " [peers=<name>,…] [trials=<name>,…] [results=<directory>]\n   or: jmh [<regular expression>]");
        }
    }
}
