package dev.countersign.client;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A client's threads: daemons, so that they never keep a process alive; those of the pools end when idle. */
final class Threads {
    private static final long IDLE_SECONDS = 10;

    private final ExecutorService fetches = pool("countersign-proof", 2, new SynchronousQueue<>());
    private final ExecutorService callbacks = pool("countersign-callbacks", 1, new LinkedBlockingQueue<>());
    private final ExecutorService files = pool("countersign-files", 1, new LinkedBlockingQueue<>());

    /** Two threads for the proof provider: while both hang, further calls are refused. */
    ExecutorService fetches() {
        return fetches;
    }

    /** One thread for the app's callbacks, in order. */
    ExecutorService callbacks() {
        return callbacks;
    }

    /** One thread that makes files for the queue, and deletes them. */
    ExecutorService files() {
        return files;
    }

    void deliver(Runnable loop) {
        daemon("countersign-delivery", loop).start();
    }

    /** Ends what hangs in the provider. Callbacks still run: calls after this are reported too, and idle threads end. */
    void close() {
        fetches.shutdownNow();
        files.shutdown();
    }

    private static ExecutorService pool(String name, int threads, BlockingQueue<Runnable> queue) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, queue, task -> daemon(name, task));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
