package dev.countersign.samples.collector.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It takes what waits, runs each work inside a savepoint of one transaction, commits once,
 * and then completes their futures: the cost of a durable commit is shared, and one work's failure undoes only itself.
 */
final class GroupCommit implements AutoCloseable {
    private static final int MAX_GROUP = 256;
    /** What a work of no stated size is counted as. */
    private static final int MIN_BYTES = 512;

    private final Session session;
    private final long maxWaitingBytes;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final LinkedBlockingQueue<Job<?>> jobs = new LinkedBlockingQueue<>();
    private final Job<Boolean> stop = new Job<>(0, session -> true);
    private final Thread thread = new Thread(this::run, "collector-writer");
    private volatile boolean closed;

    private GroupCommit(Session session, long maxWaitingBytes) {
        this.session = session;
        this.maxWaitingBytes = maxWaitingBytes;
    }

    static GroupCommit start(Connection connection, long maxWaitingBytes) throws SQLException {
        connection.setAutoCommit(false);
        GroupCommit writer = new GroupCommit(new Session(connection), maxWaitingBytes);
        writer.thread.setDaemon(true); // A start that fails must end the process; close() waits for the rest.
        writer.thread.start();
        return writer;
    }

    <T> CompletableFuture<T> submit(int bytes, Work<T> work) {
        if (closed) {
            throw new StorageException("the database is closed", null);
        }
        Job<T> job = new Job<>(Math.max(bytes, MIN_BYTES), work);
        long waiting = waitingBytes.addAndGet(job.bytes);
        if (waiting > maxWaitingBytes) {
            waitingBytes.addAndGet(-job.bytes);
            throw new OverloadedException(waiting - job.bytes, maxWaitingBytes);
        }
        jobs.add(job);
        return job.future;
    }

    /** Commits what was submitted before, then ends. */
    @Override
    public void close() {
        closed = true;
        jobs.add(stop);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Job<?>> group = new ArrayList<>(MAX_GROUP);
        boolean running = true;
        while (running) {
            try {
                group.add(jobs.take());
            } catch (InterruptedException e) {
                continue; // Only close() ends this thread: others' writes must not be lost to an interrupt.
            }
            jobs.drainTo(group, MAX_GROUP - 1);
            running = !group.contains(stop);
            write(group);
            group.clear();
        }
        end();
    }

    private void write(List<Job<?>> group) {
        try {
            for (Job<?> job : group) {
                job.run(session);
            }
            session.commit();
            group.forEach(Job::succeed);
        } catch (SQLException | RuntimeException e) {
            rollback(e);
            group.forEach(job -> job.fail(new StorageException("cannot write the database", e)));
        } finally {
            group.forEach(job -> waitingBytes.addAndGet(-job.bytes));
        }
    }

    private void rollback(Exception cause) {
        try {
            session.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private void end() {
        for (Job<?> late = jobs.poll(); late != null; late = jobs.poll()) {
            late.fail(new StorageException("the database is closed", null));
        }
        try {
            session.close();
        } catch (SQLException e) {
            System.getLogger(GroupCommit.class.getName()).log(System.Logger.Level.WARNING, "closing the database", e);
        }
    }

    /** One work and whoever waits for it. */
    private static final class Job<T> {
        final int bytes;
        final CompletableFuture<T> future = new CompletableFuture<>();
        private final Work<T> work;
        private @Nullable T result;
        private @Nullable RuntimeException refusal;

        Job(int bytes, Work<T> work) {
            this.bytes = bytes;
            this.work = work;
        }

        void run(Session session) throws SQLException {
            session.statement("SAVEPOINT work").execute();
            try {
                result = work.run(session);
            } catch (RuntimeException e) {
                refusal = e;
                session.statement("ROLLBACK TO work").execute();
            }
            session.statement("RELEASE work").execute();
        }

        @SuppressWarnings("NullAway") // A result is null only where T is nullable.
        void succeed() {
            if (refusal != null) {
                future.completeExceptionally(refusal);
            } else {
                future.complete(result);
            }
        }

        void fail(StorageException failure) {
            future.completeExceptionally(failure);
        }
    }
}
