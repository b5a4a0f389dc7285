package dev.countersign.samples.rotation.report;

import dev.countersign.samples.rotation.account.Outage;
import dev.countersign.samples.rotation.account.Phases.Phase;
import java.util.List;
import java.util.Locale;

/**
 * Draws a {@link Timeline} as SVG: a bar for each second, stacked by key, refusals below the axis; over it, on demand, a
 * strip of phases and one of outages. A second that is far beyond the ordinary is cut off and labelled. Colours come from
 * the page's CSS. Not thread-safe.
 */
final class Chart {

    private static final int WIDTH = 960;
    private static final int LEFT = 44;
    private static final int RIGHT = 8;
    private static final int STRIP = 20;

    private final Timeline timeline;
    private final int top;
    private final int height;
    private final double secondWidth;
    private final double unit;
    private final long ceiling;
    private final StringBuilder svg = new StringBuilder();

    private Chart(Timeline timeline, int top, int plotHeight) {
        this.timeline = timeline;
        this.top = top;
        this.height = plotHeight;
        this.secondWidth = (double) (WIDTH - LEFT - RIGHT) / timeline.seconds();
        this.ceiling = niceCeiling(timeline.drawnInFull());
        this.unit = (double) plotHeight / Math.max(1, ceiling + timeline.mostRefused());
    }

    /** The large picture, with phases and outages. */
    static String full(Timeline timeline, List<Phase> phases, List<Outage> outages) {
        Chart chart = new Chart(timeline, 3 * STRIP + 12, 240);
        chart.open("Verified events per second by signing key, with the phases of each rotation");
        chart.phases(phases);
        chart.outages(outages);
        chart.plot();
        return chart.close();
    }

    /** A small picture of one environment. */
    static String small(Timeline timeline, String title) {
        Chart chart = new Chart(timeline, STRIP, 110);
        chart.open("Verified events per second by signing key: " + title);
        chart.plot();
        return chart.close();
    }

    private void open(String title) {
        svg.append(format(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH, top + height + 26, Html.text(title)));
    }

    private String close() {
        return svg.append("</svg>").toString();
    }

    private void plot() {
        double zero = top + ceiling * unit;
        for (int tick = 0; tick <= 2; tick++) {
            double y = zero - ceiling * unit * tick / 2;
            svg.append(format(
                    "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text class=\"axis\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>",
                    LEFT, y, WIDTH - RIGHT, LEFT - 6, y + 4, ceiling * tick / 2));
        }
        for (int second = 0; second < timeline.seconds(); second++) {
            bars(second, zero);
        }
        for (int second = 0; second < timeline.seconds(); second += 10) {
            svg.append(format(
                    "<text class=\"axis\" x=\"%.1f\" y=\"%d\">%d s</text>", x(second), top + height + 18, second));
        }
    }

    private void bars(int second, double zero) {
        long drawn = 0;
        for (int generation = 0; generation < timeline.generations(); generation++) {
            long events = timeline.verified(generation, second);
            long height = Math.min(events, ceiling - drawn);
            drawn += height;
            if (height > 0) {
                bar(
                        "k" + (generation + 1),
                        second,
                        zero - drawn * unit,
                        height,
                        events + " K" + (generation + 1) + " verified");
            }
        }
        if (timeline.verified(second) > ceiling) {
            svg.append(format(
                    "<text class=\"axis\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%d</text>",
                    x(second + 0.5), zero - ceiling * unit - 3, timeline.verified(second)));
        }
        long refused = timeline.refused(second);
        if (refused > 0) {
            bar("refused", second, zero, refused, refused + " refused");
        }
    }

    private void bar(String style, int second, double y, long events, String tip) {
        svg.append(format(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%d s: %s</title></rect>",
                style, x(second), y, Math.max(1, secondWidth - 1.5), events * unit, second, tip));
    }

    private void phases(List<Phase> phases) {
        int rotation = 0;
        int step = 0;
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            double from = x(timeline.at(phase.startedAt()));
            double to = i + 1 < phases.size() ? x(timeline.at(phases.get(i + 1).startedAt())) : WIDTH - RIGHT;
            if (phase.rotation() == 0) {
                continue;
            }
            if (phase.rotation() != rotation) {
                rotation = phase.rotation();
                step = 0;
                svg.append(format(
                        "<text class=\"label\" x=\"%.1f\" y=\"14\">Rotation %d</text><path class=\"mark\" d=\"M%.1f 2V%d\"/>",
                        from + 6, rotation, from, top + height));
            }
            step++;
            strip("phase p" + step % 2, from, to, 1, String.valueOf(step), phase.name());
        }
    }

    private void outages(List<Outage> outages) {
        for (Outage outage : outages) {
            double from = x(timeline.at(outage.startedAt()));
            double to = x(timeline.at(outage.endedAt()));
            strip("outage", from, to, 2, to - from > 110 ? outage.client() + " offline" : "offline", "no network");
        }
    }

    private void strip(String style, double from, double to, int row, String label, String tip) {
        int y = row * STRIP + 2;
        svg.append(format(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\"><title>%s</title></rect>",
                style, from + 0.5, y, Math.max(1, to - from - 1), STRIP - 3, Html.text(tip)));
        svg.append(format(
                "<text class=\"strip\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (from + to) / 2, y + 13, Html.text(label)));
    }

    private double x(double second) {
        return LEFT + second * secondWidth;
    }

    /** The least of 2, 4, 6, 8, 10 times a power of ten that is not below {@code most}: all of them halve evenly. */
    static long niceCeiling(long most) {
        for (long power = 1; ; power *= 10) {
            for (long digit : new long[] {2, 4, 6, 8, 10}) {
                if (digit * power >= most) {
                    return digit * power;
                }
            }
        }
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
