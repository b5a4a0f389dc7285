package dev.countersign.benchmarks.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Writes the figures as tables. */
final class Report {
    private Report() {}

    static String markdown(Figures figures, List<Peer> peers, int calls, int outage, int rounds) throws IOException {
        StringBuilder text = new StringBuilder("# The client beside its peers\n\n");
        text.append(String.format(
                """
                Written by `java -jar benchmarks/client/target/client-benchmarks.jar` ([how](../benchmarks/client/README.md)); not edited.
                %s, %d processors, %s; JDK %s. Rounds: %d, interleaved, each measurement in a JVM of its own
                with the sink in another; medians over the rounds (least–most). The machine is shared: only figures of one run compare.

                """,
                cpu(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("java.version"),
                rounds));
        text.append(String.format(
                "## What a call costs its caller%n%n%,d calls, 20 at the beginning of each millisecond, each building properties of five keys; delivery runs meanwhile.%n%n",
                calls));
        table(text, figures, peers, "caller", "median ns", "p99 ns", "bytes/call");
        text.append(String.format(
                "%n## End to end%n%n%,d events, tracked by one thread as fast as it can, until the last arrived; the last of up to six such blocks in 15 s. CPU of the whole process; bytes of the body on the wire.%n%n",
                calls));
        table(
                text,
                figures,
                peers,
                "throughput",
                "events/s",
                "missing",
                "cpu us/event",
                "bytes/event",
                "events/request");
        text.append("\n## Of 500 calls, kept after an immediate halt\n\n| | kept | events wait in |\n|---|---|---|\n");
        for (Peer peer : peers) {
            text.append(String.format(
                    "| %s | %s | %s |%n", peer.label, figures.cell("kept", peer, "kept"), peer.durability));
        }
        text.append(String.format(
                "%n## An outage%n%n%d events, 20 a second, answered 503 all the while; then the server is back and nobody calls `flush()`.%n%n",
                outage));
        table(text, figures, peers, "outage", "delivered", "requests", "seconds after");
        text.append(
                "\n## Start-up and heap\n\nFrom the first line to `build()` and to the first call that returned, in a fresh JVM, with so many events left behind;\nand the heap that so many take.\n\n");
        text.append(
                "| | start ms, none | 10,000 | 1,000,000 | first call ms, none | 10,000 | 1,000,000 | heap KB, 10,000 | 1,000,000 |\n|---|---|---|---|---|---|---|---|---|\n");
        for (Peer peer : peers) {
            text.append("| ").append(peer.label);
            for (String metric : List.of("start ms", "first call ms", "heap KB")) {
                for (String backlog : List.of("0", "10000", "1000000")) {
                    boolean heapOfNothing = metric.equals("heap KB") && backlog.equals("0");
                    if (!heapOfNothing) {
                        text.append(" | ").append(figures.cell("start " + backlog, peer, metric));
                    }
                }
            }
            text.append(" |\n");
        }
        text.append(
                "\n## A call with room in the queue, and one that pushes the oldest event out\n\nA queue of 10,000, no delivery. Peers that wait instead, or have no limit, are left out.\n\n");
        table(
                text,
                figures,
                peers.stream().filter(peer -> peer.evicts).toList(),
                "full",
                "empty ns",
                "full ns",
                "ratio");
        return text.toString();
    }

    private static void table(StringBuilder text, Figures figures, List<Peer> peers, String trial, String... metrics) {
        text.append("| | ")
                .append(String.join(" | ", metrics))
                .append(" |\n|")
                .append("---|".repeat(metrics.length + 1))
                .append('\n');
        for (Peer peer : peers) {
            text.append("| ").append(peer.label);
            for (String metric : metrics) {
                text.append(" | ").append(figures.cell(trial, peer, metric));
            }
            text.append(" |\n");
        }
    }

    private static String cpu() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.exists(info)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
