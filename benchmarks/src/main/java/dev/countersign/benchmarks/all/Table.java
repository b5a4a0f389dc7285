package dev.countersign.benchmarks.all;

import java.util.Arrays;
import java.util.List;

/** The tables of the page. */
enum Table {
    HMAC_HEX_SIGN(
            "HmacHexSign",
            "Signing an id",
            "An id of 36 characters to the hex of its HMAC-SHA256. `limit`: the two digests that depend on the id, below which nobody\ncan go, and a plain loop for the digits.",
            "CPU time of a signature, ns",
            true,
            signing("HmacHexSign")),
    HMAC_HEX_VERIFY(
            "HmacHexVerify",
            "Verifying an id",
            "The same id and its hex.",
            "CPU time of a verification, ns",
            true,
            signing("HmacHexVerify")),
    JWT_SIGN(
            "JwtSign",
            "Signing a token",
            "A token of 294 characters, HS256: `sub aud iat exp nonce`, a visitor and an account. `limit`: the digests and the Base64 of a\ntext that is there already.",
            "CPU time of signing a token, ns",
            true,
            signing("JwtSign")),
    JWT_VERIFY(
            "JwtVerify",
            "Verifying a token",
            "The same token: its MAC, its times and its claims.",
            "CPU time of verifying a token, ns",
            true,
            signing("JwtVerify")),
    CALLER(
            "caller",
            "Client: what a call costs its caller",
            "100,000 calls after 200,000 that warm up, 20 at the beginning of each millisecond, each building properties of five keys; delivery runs meanwhile.",
            "A call, median, ns",
            false,
            List.of(
                    new Column("caller", "median ns", "median ns"),
                    new Column("caller", "p99 ns", "p99 ns"),
                    new Column("caller", "bytes/call", "bytes/call"),
                    new Column("caller", "durability", "events wait in"))),
    THROUGHPUT(
            "throughput",
            "Client: end to end",
            "100,000 events, tracked by one thread as fast as it can, until the last arrived; the last of up to six such blocks in 8 s.\nCPU of the whole process; bytes of the body on the wire.",
            "Events a second, end to end",
            false,
            columns("throughput", "events/s", "missing", "cpu us/event", "bytes/event", "events/request")),
    KEPT(
            "kept",
            "Client: what is left when the process is gone",
            "Of 500 calls, how many events the next process delivers after the first was halted as soon as the last call had returned.",
            "Of 500 calls, kept after an immediate halt",
            false,
            List.of(new Column("kept", "kept", "kept"), new Column("kept", "durability", "events wait in"))),
    OUTAGE(
            "outage",
            "Client: an outage",
            "400 events, 20 a second, answered 503 all the while; then the server is back and nobody calls `flush()`.",
            "Requests for 400 events in an outage and after it",
            false,
            columns("outage", "delivered", "requests", "seconds after")),
    START(
            "start 0",
            "Client: start-up and heap",
            "From the first line to the first call that returned, in a fresh JVM, with so many events left behind by another; and the heap\nthat so many take.",
            "To the first call that returned, nothing left behind, ms",
            false,
            List.of(
                    new Column("start 0", "start ms", "start ms, none"),
                    new Column("start 10000", "start ms", "10,000"),
                    new Column("start 1000000", "start ms", "1,000,000"),
                    new Column("start 0", "first call ms", "first call ms, none"),
                    new Column("start 10000", "first call ms", "10,000"),
                    new Column("start 1000000", "first call ms", "1,000,000"),
                    new Column("start 10000", "heap KB", "heap KB, 10,000"),
                    new Column("start 1000000", "heap KB", "1,000,000"))),
    FULL(
            "full",
            "Client: a full queue",
            "A call with room in a queue of 10,000, and one that pushes the oldest event out; no delivery. Peers that wait instead, or\nhave no limit, are left out.",
            "A call that pushes the oldest event out ÷ one with room",
            false,
            List.of(
                    new Column("full", "empty ns", "with room, ns"),
                    new Column("full", "full ns", "full, ns"),
                    new Column("full", "ratio", "ratio"))),
    COLLECTOR(
            "collector",
            "Collector",
            "Batches of 50 events over 32 connections, every MAC verified, answered after the commit: as fast as they are taken, and at half\nthat rate. Beside the former, loops that parse, verify and store the same, one on each\nprocessor. The collector's CPU time holds that of its compiler and garbage collector. The senders share the machine.",
            "CPU µs for each event",
            false,
            List.of(
                    new Column("collector", "events/s", "events/s"),
                    new Column("collector", "p50 ms", "p50 ms"),
                    new Column("collector", "p99 ms", "p99 ms"),
                    new Column("collector", "CPU µs/event", "CPU µs/event"),
                    new Column("collector", "of that compiler, %", "of that compiler, %"),
                    new Column("collector", "of that GC, %", "GC, %"),
                    new Column("collector", "÷ bare loop", "÷ bare loop"),
                    new Column("collector", "resident MiB", "resident MiB"),
                    new Column("collector", "durability", "durability")));

    /** The metric that is no figure, but where a row's events wait. */
    static final String DURABILITY = "durability";

    /** Whose rows it has. */
    final String source;

    final String title;
    final String words;
    final String picture;
    /** Whether the least comes first, and is compared with Countersign. */
    final boolean sorted;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    final List<Column> columns;

    Table(String source, String title, String words, String picture, boolean sorted, List<Column> columns) {
        this.source = source;
        this.title = title;
        this.words = words;
        this.picture = picture;
        this.sorted = sorted;
        this.columns = columns;
    }

    /** A column: of which table which metric. */
    record Column(String table, String metric, String title) {}

    /** What the picture shows. */
    Figures.Values shown(Figures figures, String row) {
        String metric = switch (this) {
            case OUTAGE -> "requests";
            case START -> "first call ms";
            case FULL -> "ratio";
            case COLLECTOR -> "CPU µs/event";
            default -> columns.get(0).metric();
        };
        return figures.values(source, row, metric);
    }

    private static List<Column> signing(String table) {
        return columns(table, "ns/op", "÷ limit", "÷ countersign", "B/op");
    }

    private static List<Column> columns(String table, String... metrics) {
        return Arrays.stream(metrics)
                .map(metric ->
                        new Column(table, metric, metric.replace("us/", "µs/").replace("÷ c", "÷ C")))
                .toList();
    }
}
