package dev.countersign.benchmarks.all;

import java.util.Locale;

/** Numbers as the page shows them. */
final class Numbers {
    private Numbers() {}

    /** Two decimals below ten, one below a hundred, none otherwise or where there are none. */
    static String format(double value) {
        double size = Math.abs(value);
        boolean whole = value == Math.rint(value) || size >= 100;
        return String.format(Locale.ROOT, whole ? "%,.0f" : size < 10 ? "%.2f" : "%.1f", value);
    }
}
