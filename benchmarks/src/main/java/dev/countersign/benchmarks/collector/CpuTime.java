package dev.countersign.benchmarks.collector;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The CPU time of a process on Linux, in seconds, and of its threads that live.
 *
 * @param all of the process, with threads that have ended
 * @param threads of each thread, by its id and name
 */
record CpuTime(double all, Map<String, Double> threads) {
    private static final double TICKS_PER_SECOND = 100;

    static CpuTime of(long pid) throws IOException {
        Map<String, Double> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks) {
                try {
                    String stat = Files.readString(task.resolve("stat"));
                    threads.put(stat.substring(0, stat.lastIndexOf(')')), seconds(stat));
                } catch (NoSuchFileException e) {
                    // It has ended.
                }
            }
        }
        return new CpuTime(seconds(Files.readString(Path.of("/proc/" + pid + "/stat"))), threads);
    }

    CpuTime since(CpuTime before) {
        Map<String, Double> spent = new HashMap<>(threads);
        spent.replaceAll((thread, time) -> time - before.threads.getOrDefault(thread, 0.0));
        return new CpuTime(all - before.all, spent);
    }

    /** Of the threads whose names begin with one of these. */
    double ofThreads(String... names) {
        double sum = 0;
        for (Map.Entry<String, Double> thread : threads.entrySet()) {
            for (String name : names) {
                if (thread.getKey().contains("(" + name)) {
                    sum += thread.getValue();
                }
            }
        }
        return sum;
    }

    private static double seconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }
}
