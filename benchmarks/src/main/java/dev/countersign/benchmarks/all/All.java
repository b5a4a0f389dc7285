package dev.countersign.benchmarks.all;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs every section, each run of it in a process of its own, and writes one page. Runs take turns: all sections once, then
 * all again, and after each the page is written; in the short form they all run at the same time. What fails is reported
 * on the page, and the others go on.
 */
public final class All {
    private final Form form;
    private final Options options;
    private volatile boolean failed;

    private All(Form form, Options options) {
        this.form = form;
        this.options = options;
    }

    /** What is done. */
    public enum Form {
        /** Measures. */
        FULL,
        /** Proves that everything works; nothing is to be concluded from its figures. */
        SHORT,
        /** Only writes the page, of the results that are there. */
        PAGE
    }

    /**
     * Runs, and ends the JVM with status 1 when something failed.
     *
     * @param args the page and the {@linkplain Options options}
     */
    public static void run(Form form, String[] args) throws Exception {
        All all = new All(form, Options.parse(form, args));
        if (form == Form.PAGE) {
            all.writePage();
        } else {
            all.measure();
        }
        System.exit(all.failed ? 1 : 0);
    }

    private void measure() throws IOException, InterruptedException {
        int first = 1;
        for (Section section : options.sections()) {
            Results results = results(section);
            if (options.add()) {
                first = Math.max(first, results.lastRun() + 1);
            } else {
                results.forget(options.tables(section));
            }
        }
        int last = first + options.runs() - 1;
        for (int run = first; run <= last; run++) {
            List<Section> due = new ArrayList<>(options.sections());
            if (run > first) {
                due.remove(Section.OUTAGE);
            }
            ExecutorService threads = Executors.newFixedThreadPool(form == Form.SHORT ? due.size() : 1);
            for (Section section : due) {
                int from = run;
                threads.execute(() -> attempt(section, from, section == Section.OUTAGE ? last : from));
            }
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.DAYS);
            writePage();
        }
    }

    private void attempt(Section section, int first, int last) {
        long start = System.nanoTime();
        try {
            measure(section, first, last);
        } catch (IOException | InterruptedException | RuntimeException e) {
            failed = true;
            System.out.println(section.label() + ": " + e);
        }
        System.out.printf(
                "-- %s, run %d: %d s%n",
                section.label(), first, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
    }

    private void measure(Section section, int first, int last) throws IOException, InterruptedException {
        Results results = results(section);
        for (Map.Entry<String, String> fact : Machine.facts().entrySet()) {
            results.add("FACT", fact.getKey(), fact.getValue());
        }
        ProcessBuilder builder = new ProcessBuilder(Commands.of(section, form, first, last, options));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        CompletableFuture.delayedExecutor(section.mostMinutes, TimeUnit.MINUTES).execute(() -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        boolean any = false;
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(line);
                if (line.matches("(?:ABOUT|FIGURE|FAILED)\t.*")) {
                    results.add(line.split("\t", -1));
                    any |= line.startsWith("FIGURE");
                    failed |= line.startsWith("FAILED");
                }
            }
        }
        int status = process.waitFor();
        if (status != 0 || !any) {
            results.add("FAILED", String.valueOf(first), section.label(), "ended with status " + status);
            failed = true;
        }
    }

    private Results results(Section section) throws IOException {
        return Results.read(options.results()
                .resolve(section.label() + "-jdk" + Runtime.version().feature() + ".tsv"));
    }

    /** A page that cannot be written does not end the runs. */
    private void writePage() {
        Path page = options.page();
        try {
            Measured second = Measured.read(
                    options.results().resolveSibling(options.results().getFileName() + "-second"));
            Page.write(page, Measured.read(options.results()), second, form == Form.SHORT);
            System.out.println("wrote " + page);
        } catch (IOException | RuntimeException e) {
            failed = true;
            System.out.println(page + ": " + e);
        }
    }
}
