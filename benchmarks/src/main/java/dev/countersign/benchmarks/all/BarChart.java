package dev.countersign.benchmarks.all;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars as SVG: the median as a bar, least to most as a line upon it. Legible on light and dark. */
final class BarChart {
    private static final int LABELS = 230;
    private static final int BARS = 400;
    private static final int WIDTH = 800;
    private static final int ROW = 26;
    private static final int TOP = 40;

    private final String title;
    private final List<Bar> bars = new ArrayList<>();

    private record Bar(String label, Figures.Values values, String kind) {}

    /** @param title what is shown, with its unit */
    BarChart(String title) {
        this.title = title;
    }

    /** Adds a bar below the others; none where nothing was measured. */
    void add(String row, String label, Figures.Values values) {
        if (!values.isEmpty()) {
            bars.add(new Bar(
                    label,
                    values,
                    row.equals("limit")
                            ? "limit"
                            : row.toLowerCase(Locale.ROOT).startsWith("countersign") ? "ours" : "peer"));
        }
    }

    boolean isEmpty() {
        return bars.isEmpty();
    }

    String svg() {
        int height = TOP + bars.size() * ROW + 8;
        double most = bars.stream().mapToDouble(bar -> bar.values.most()).max().orElse(1);
        double scale = BARS / Math.max(most, 1e-9);
        StringBuilder svg =
                new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="sans-serif" font-size="13">
                <title>%s</title>
                <style>
                text { fill: #1f2328 } .title { font-weight: bold } .peer { fill: #8c959f } .limit { fill: #c8d1da } .ours { fill: #0969da } path { stroke: #1f2328 }
                @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 } .peer { fill: #6e7681 } .limit { fill: #484f58 } .ours { fill: #4493f8 } path { stroke: #e6edf3 }
                }
                </style>
                <text class="title" x="8" y="22">%s</text>
                """.formatted(WIDTH, height, WIDTH, height, escaped(title), escaped(title)));
        int y = TOP;
        for (Bar bar : bars) {
            Figures.Values values = bar.values;
            svg.append(String.format(
                    Locale.ROOT,
                    """
                    <text x="%d" y="%d" text-anchor="end">%s</text>
                    <rect class="%s" x="%d" y="%d" width="%.1f" height="%d"/>
                    """,
                    LABELS - 8,
                    y + 17,
                    escaped(bar.label),
                    bar.kind,
                    LABELS,
                    y + 4,
                    Math.max(1, values.median() * scale),
                    ROW - 8));
            if (values.least() < values.most()) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<path d=\"M%.1f %dH%.1f\"/>%n",
                        LABELS + values.least() * scale,
                        y + ROW / 2,
                        LABELS + values.most() * scale));
            }
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                    LABELS + Math.max(values.median(), values.most()) * scale + 8,
                    y + 17,
                    Numbers.format(values.median())));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
