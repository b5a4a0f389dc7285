package dev.countersign.benchmarks.all;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;

/** What Countersign demands of itself, held against the figures of one JDK: a verdict for each, by the median of the runs. */
final class Bars {
    private static final List<String> MEMORY_PEERS = List.of("POSTHOG_SERVER", "SEGMENT_JAVA");
    private static final String OURS = "COUNTERSIGN";

    private final Figures figures;
    private final List<Bar> bars = new ArrayList<>();

    /** A bar, what it demands, what was measured, and whether it is held. */
    record Bar(String name, String demanded, Figures.Values measured, String verdict) {

        boolean isHeld() {
            return verdict.startsWith("held");
        }
    }

    private Bars(Figures figures) {
        this.figures = figures;
    }

    /** Bars of what was not measured are left out. */
    static List<Bar> of(Figures figures) {
        Bars bars = new Bars(figures);
        bars.signing();
        bars.client();
        bars.collector();
        return bars.bars;
    }

    private void signing() {
        atMost("hex signature ÷ the limit", 1.1, values("HmacHexSign", "countersign", "÷ limit"));
        above("reused `Mac` ÷ hex signature", 1, values("HmacHexSign", "macReused", "÷ countersign"));
        atMost("hex verification ÷ its limit", 1.2, values("HmacHexVerify", "countersign", "÷ limit"));
        atLeast("fastest peer ÷ signing a token", 2, fastestPeer("JwtSign"));
        atMost("signing a token, B/op", 2048, values("JwtSign", "countersign", "B/op"));
        atLeast("fastest peer ÷ verifying a token", 2, fastestPeer("JwtVerify"));
        atMost("verifying a token, B/op", 2048, values("JwtVerify", "countersign", "B/op"));
    }

    private void client() {
        atLeast("client: of 500 calls, kept after an immediate halt", 500, values("kept", OURS, "kept"));
        Figures.Values median = values("caller", OURS, "median ns");
        above(
                "client: fastest in-memory peer ÷ a call, median",
                1,
                least("caller", "median ns", MEMORY_PEERS).with(median, (peer, own) -> peer / own));
        Figures.Values p99 = values("caller", OURS, "p99 ns");
        atLeast(
                "client: best peer ÷ a call, 99th percentile",
                3,
                least("caller", "p99 ns", peers("caller")).with(p99, (peer, own) -> peer / own));
        atMost("client: B/call", 700, values("caller", OURS, "bytes/call"));
        atLeast("client: events/s end to end", 100_000, values("throughput", OURS, "events/s"));
        atMost("client: CPU µs/event", 10, values("throughput", OURS, "cpu us/event"));
        atLeast("client: of 400 events in an outage, delivered", 400, values("outage", OURS, "delivered"));
        atMost("client: requests for them", 11, values("outage", OURS, "requests"));
    }

    private void collector() {
        atLeast("collector: stored events/s", 100_000, values("collector", "full", "events/s"));
        below("collector: p99 ms at half that load", 50, values("collector", "half", "p99 ms"));
        atMost("collector: CPU ÷ that of the bare loop", 1.5, values("collector", "full", "÷ bare loop"));
    }

    /** The fastest peer's time in terms of Countersign's, run by run. */
    Figures.Values fastestPeer(String table) {
        return least(table, "÷ countersign", peers(table));
    }

    private List<String> peers(String table) {
        return figures.rows(table).stream().filter(Bars::isPeer).toList();
    }

    /** Neither ours nor the limit. */
    static boolean isPeer(String row) {
        return !row.equals("limit") && !row.toUpperCase(Locale.ROOT).startsWith(OURS);
    }

    private Figures.Values least(String table, String metric, List<String> rows) {
        return rows.stream()
                .map(row -> values(table, row, metric))
                .filter(values -> !values.isEmpty())
                .reduce((a, b) -> a.with(b, Math::min))
                .orElse(Figures.Values.NONE);
    }

    private Figures.Values values(String table, String row, String metric) {
        return figures.values(table, row, metric);
    }

    private void atMost(String bar, double limit, Figures.Values values) {
        line(bar, "≤ " + Numbers.format(limit), values, value -> value <= limit);
    }

    private void atLeast(String bar, double limit, Figures.Values values) {
        line(bar, "≥ " + Numbers.format(limit), values, value -> value >= limit);
    }

    private void above(String bar, double limit, Figures.Values values) {
        line(bar, "> " + Numbers.format(limit), values, value -> value > limit);
    }

    private void below(String bar, double limit, Figures.Values values) {
        line(bar, "< " + Numbers.format(limit), values, value -> value < limit);
    }

    private void line(String bar, String demanded, Figures.Values values, DoublePredicate holds) {
        if (values.isEmpty()) {
            return;
        }
        long held = values.byRun().values().stream().filter(holds::test).count();
        int runs = values.byRun().size();
        String verdict = holds.test(values.median()) ? "held" : "**missed**";
        if (held != (holds.test(values.median()) ? runs : 0)) {
            verdict += "; held in " + held + " of " + runs + " runs";
        }
        bars.add(new Bar(bar, demanded, values, verdict));
    }
}
