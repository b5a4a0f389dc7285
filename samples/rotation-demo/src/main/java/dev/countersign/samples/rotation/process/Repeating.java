package dev.countersign.samples.rotation.process;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A process's one worker thread. Work that fails ends the process, so that the demo notices. Thread-safe. */
public final class Repeating {

    /** Something to do. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws Exception;
    }

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();

    /** Does {@code work} at a steady rate. */
    public void every(long micros, Work work) {
        Future<?> unused = worker.scheduleAtFixedRate(() -> runOrEnd(work), micros, micros, TimeUnit.MICROSECONDS);
    }

    /** Does {@code work} once, in turn. */
    public void once(Work work) {
        worker.execute(() -> runOrEnd(work));
    }

    /**
     * Starts nothing more and waits for what runs.
     *
     * @throws IllegalStateException if it still runs after 20 s
     */
    public void stop() throws InterruptedException {
        worker.shutdown();
        if (!worker.awaitTermination(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the last call did not return within 20 s");
        }
    }

    private static void runOrEnd(Work work) {
        try {
            work.run();
        } catch (Exception | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
