package dev.countersign.benchmarks.all;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The page: what was measured where, the bars, and for each table its words, its picture and its figures. */
final class Page {
    private final Measured measured;
    private final Measured second;
    private final Path images;
    private final StringBuilder text = new StringBuilder();

    private Page(Measured measured, Measured second, Path images) {
        this.measured = measured;
        this.second = second;
        this.images = images;
    }

    /**
     * Writes the page, and its pictures into the folder {@code images} beside it.
     *
     * @param second what was measured a second time, whose verdicts and ratios stand beside the first; may be empty
     * @param isShort whether nothing is to be concluded
     */
    static void write(Path file, Measured measured, Measured second, boolean isShort) throws IOException {
        Path images = file.toAbsolutePath().resolveSibling("images");
        Files.createDirectories(images);
        Page page = new Page(measured, second, images);
        page.write(isShort);
        Files.writeString(file, page.text);
    }

    private void write(boolean isShort) throws IOException {
        text.append("""
                # Benchmarks

                <!-- Written by benchmarks/: do not edit. -->
                Countersign beside its peers, written by one command ([which, and how it measures](../benchmarks/README.md)). Figures are
                medians over the runs, with the least and the most; runs of all rows take turns. Only figures of one table compare.
                """);
        if (isShort) {
            text.append(
                    "\n**Short form: it proves that everything works. Nothing is to be concluded from its figures.**\n");
        }
        for (int jdk : measured.results().keySet()) {
            machine(jdk);
        }
        if (!isShort) {
            bars();
        }
        for (Table table : Table.values()) {
            table(table);
        }
    }

    private void bars() {
        text.append("\n## What Countersign demands of itself\n");
        for (int jdk : measured.figures().keySet()) {
            List<Bars.Bar> bars = Bars.of(figures(jdk));
            Map<String, Bars.Bar> again = new HashMap<>();
            Bars.of(second.figures().getOrDefault(jdk, new Figures())).forEach(bar -> again.put(bar.name(), bar));
            long held = bars.stream().filter(Bars.Bar::isHeld).count();
            text.append("\nJDK ")
                    .append(jdk)
                    .append(": ")
                    .append(held)
                    .append(" of ")
                    .append(bars.size());
            text.append(" held, by the median of the runs.");
            if (!again.isEmpty()) {
                long same = bars.stream()
                        .filter(bar -> again.containsKey(bar.name())
                                && again.get(bar.name()).isHeld() == bar.isHeld())
                        .count();
                text.append(" Of what was run a second time, ")
                        .append(same)
                        .append(" of ")
                        .append(again.size());
                text.append(" verdicts are the same.");
            }
            text.append("\n\n| | demanded | measured | |").append(again.isEmpty() ? "" : " a second time | |");
            text.append("\n|---|---|---|---|")
                    .append(again.isEmpty() ? "" : "---|---|")
                    .append('\n');
            for (Bars.Bar bar : bars) {
                cells(bar.name(), bar.demanded(), bar.measured().toString(), bar.verdict());
                Bars.Bar other = again.get(bar.name());
                if (other != null) {
                    text.append(" ")
                            .append(other.measured())
                            .append(" | ")
                            .append(other.verdict())
                            .append(" |");
                }
                text.append('\n');
            }
        }
    }

    /** Begins a line of a table. */
    private void cells(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |");
    }

    private void machine(int jdk) {
        Map<Section, Results> sections =
                Objects.requireNonNull(measured.results().get(jdk));
        text.append("\n| JDK ").append(jdk).append(" | runs | measured, UTC | load before | commit | machine |\n");
        text.append("|---|---|---|---|---|---|\n");
        sections.forEach((section, results) -> {
            Map<String, String> facts = results.facts();
            text.append(String.format(
                    "| %s | %d | %s | %s | %s | JDK %s; %s; SHA extensions: %s; %s |%n",
                    section.label(),
                    figures(jdk).runs(section.tables),
                    facts.get("measured"),
                    facts.get("load before"),
                    facts.get("commit"),
                    facts.get("JDK"),
                    facts.get("processors"),
                    facts.get("SHA extensions"),
                    facts.get("system")));
        });
        for (String failure : measured.failures(jdk)) {
            text.append("\n**Failed**: ").append(failure.replace("<", "&lt;")).append('\n');
        }
    }

    private void table(Table table) throws IOException {
        boolean first = true;
        for (int jdk : measured.figures().keySet()) {
            Figures figures = figures(jdk);
            if (figures.rows(table.source).isEmpty()) {
                continue;
            }
            if (first) {
                text.append("\n## ")
                        .append(table.title)
                        .append("\n\n")
                        .append(table.words)
                        .append('\n');
                picture(table, figures, jdk);
            }
            first = false;
            text.append("\nJDK ")
                    .append(jdk)
                    .append('.')
                    .append(fastest(table, figures))
                    .append("\n\n| |");
            boolean isAgain = table.sorted && !again(jdk, table).isEmpty();
            table.columns.forEach(
                    column -> text.append(' ').append(column.title()).append(" |"));
            text.append(isAgain ? " ÷ Countersign, a second time |" : "");
            text.append("\n|")
                    .append("---|".repeat(table.columns.size() + (isAgain ? 2 : 1)))
                    .append('\n');
            for (String row : rows(table, figures)) {
                text.append("| ").append(measured.name(row)).append(" |");
                for (Table.Column column : table.columns) {
                    text.append(' ').append(cell(figures, row, column)).append(" |");
                }
                if (isAgain) {
                    text.append(' ')
                            .append(second.figures()
                                    .getOrDefault(jdk, new Figures())
                                    .values(table.source, row, "÷ countersign"))
                            .append(" |");
                }
                text.append('\n');
            }
        }
    }

    private List<String> again(int jdk, Table table) {
        return second.figures().getOrDefault(jdk, new Figures()).rows(table.source);
    }

    private String cell(Figures figures, String row, Table.Column column) {
        return column.metric().equals(Table.DURABILITY)
                ? measured.durability(row)
                : figures.values(column.table(), row, column.metric()).toString();
    }

    /** The fastest first where it is about time alone; otherwise in the order of the peers. */
    private List<String> rows(Table table, Figures figures) {
        List<String> order = List.copyOf(measured.peers().keySet());
        return figures.rows(table.source).stream()
                .sorted(
                        table.sorted
                                ? Comparator.comparingDouble(
                                        row -> table.shown(figures, row).median())
                                : Comparator.comparingInt(order::indexOf))
                .toList();
    }

    /** How far the fastest peer is off, by its figures. */
    private String fastest(Table table, Figures figures) {
        return rows(table, figures).stream()
                .filter(row -> table.sorted && Bars.isPeer(row))
                .findFirst()
                .map(row -> " The fastest peer, " + measured.name(row) + ", takes "
                        + figures.values(table.source, row, "÷ countersign") + " times as long as Countersign.")
                .orElse("");
    }

    private void picture(Table table, Figures figures, int jdk) throws IOException {
        BarChart chart = new BarChart(table.picture + ", JDK " + jdk);
        for (String row : rows(table, figures)) {
            chart.add(row, measured.name(row), table.shown(figures, row));
        }
        if (!chart.isEmpty()) {
            String name = "benchmarks-" + table.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
            Files.writeString(images.resolve(name), chart.svg());
            text.append("\n![")
                    .append(table.picture)
                    .append("](images/")
                    .append(name)
                    .append(")\n");
        }
    }

    private Figures figures(int jdk) {
        return Objects.requireNonNull(measured.figures().get(jdk));
    }
}
