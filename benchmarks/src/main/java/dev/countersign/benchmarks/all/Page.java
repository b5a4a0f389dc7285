package dev.countersign.benchmarks.all;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The page: what was measured where, the bars, and for each table its words, its picture and its figures. */
final class Page {
    private final Measured measured;
    private final Path images;
    private final StringBuilder text = new StringBuilder();

    private Page(Measured measured, Path images) {
        this.measured = measured;
        this.images = images;
    }

    /** Writes the page, and its pictures into the folder {@code images} beside it. */
    static void write(Path file, Measured measured, boolean isShort) throws IOException {
        Path images = file.toAbsolutePath().resolveSibling("images");
        Files.createDirectories(images);
        Page page = new Page(measured, images);
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
                    "**Short form: it proves that everything works. Nothing is to be concluded from its figures.**\n\n");
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
            List<String> bars = Bars.of(figures(jdk));
            long missed =
                    bars.stream().filter(bar -> bar.contains("**missed**")).count();
            text.append("\nJDK ").append(jdk).append(": ");
            text.append(bars.size() - missed)
                    .append(" of ")
                    .append(bars.size())
                    .append(" held, by the median of the runs.\n\n");
            text.append("| | demanded | measured | |\n|---|---|---|---|\n");
            bars.forEach(bar -> text.append(bar).append('\n'));
        }
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
            table.columns.forEach(
                    column -> text.append(' ').append(column.title()).append(" |"));
            text.append("\n|").append("---|".repeat(table.columns.size() + 1)).append('\n');
            for (String row : rows(table, figures)) {
                text.append("| ").append(measured.name(row)).append(" |");
                for (Table.Column column : table.columns) {
                    text.append(' ').append(cell(figures, row, column)).append(" |");
                }
                text.append('\n');
            }
        }
    }

    private String cell(Figures figures, String row, Table.Column column) {
        return column.metric().equals(Table.DURABILITY)
                ? measured.durability(row)
                : figures.values(column.table(), row, column.metric()).toString();
    }

    /** Tables that are about time: the fastest first. */
    private static List<String> rows(Table table, Figures figures) {
        List<String> rows = figures.rows(table.source);
        return table.sorted
                ? rows.stream()
                        .sorted(Comparator.comparingDouble(
                                row -> table.shown(figures, row).median()))
                        .toList()
                : rows;
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
