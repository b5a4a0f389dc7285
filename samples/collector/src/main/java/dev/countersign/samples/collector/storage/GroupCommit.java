package dev.countersign.samples.collector.storage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. It takes what waits, runs each work inside a savepoint of one transaction, commits once,
 * and then completes their futures: the cost of a durable commit is shared, and one work's failure undoes only itself.
 */
final class GroupCommit implements AutoCloseable {
    private static final int MAX_GROUP = 256;
    /** What a work of no stated size is counted as. */
    private static final int MIN_BYTES = 512;

    /** So few works wait for others: for a moment, in which a commit under load gains several. */
    private static final int FEW = 8;

    private static final long MOMENT_NANOS = 1_000_000;

    private static final String CANNOT_WRITE = "cannot write the database";

    private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());

    private final SqlConnection.Opener database;
    private final long maxWaitingBytes;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final LinkedBlockingQueue<Job<?>> jobs = new LinkedBlockingQueue<>();
    private final Job<Boolean> stop = new Job<>(0, sql -> true);
    private final Thread thread = new Thread(this::run, "collector-writer");
    private @Nullable SqlConnection connection; // Of the writer's thread alone, once that runs.
    private @Nullable String ended; // Why nothing more is taken. Guarded by this.

    private GroupCommit(SqlConnection.Opener database, long maxWaitingBytes) {
        this.database = database;
        this.maxWaitingBytes = maxWaitingBytes;
    }

    static GroupCommit start(SqlConnection.Opener database, long maxWaitingBytes) throws SQLException {
        GroupCommit writer = new GroupCommit(database, maxWaitingBytes);
        writer.connection();
        writer.thread.setDaemon(true); // A start that fails must end the process; close() waits for the rest.
        writer.thread.start();
        return writer;
    }

    <T> CompletableFuture<T> submit(int bytes, Work<T> work) {
        Job<T> job = new Job<>(Math.max(bytes, MIN_BYTES), work);
        long waiting = waitingBytes.addAndGet(job.bytes);
        if (waiting > maxWaitingBytes) {
            waitingBytes.addAndGet(-job.bytes);
            throw new OverloadedException(waiting - job.bytes, maxWaitingBytes);
        }
        return enqueue(job);
    }

    /** Takes it however much is waiting. */
    <T> CompletableFuture<T> submitUnlimited(Work<T> work) {
        return enqueue(new Job<>(0, work));
    }

    private synchronized <T> CompletableFuture<T> enqueue(Job<T> job) {
        if (ended != null) {
            throw new StorageException(ended, null);
        }
        jobs.add(job);
        return job.future;
    }

    long waitingBytes() {
        return waitingBytes.get();
    }

    synchronized boolean isOpen() {
        return ended == null;
    }

    private synchronized void takeNoMore(String because) {
        if (ended == null) {
            ended = because;
        }
    }

    /** Commits what was submitted before, then ends. */
    @Override
    public void close() {
        takeNoMore("the database is closed");
        jobs.add(stop);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Job<?>> group = new ArrayList<>(MAX_GROUP);
        try {
            while (!group.contains(stop)) {
                group.clear();
                take(group);
                write(group);
            }
            disconnect();
        } catch (Throwable e) { // An Error: who waits must hear of it, and nobody knows what else it broke.
            LOG.log(System.Logger.Level.ERROR, "the database's writer has ended; restart the collector", e);
            takeNoMore("the database's writer has ended");
            disconnect();
            jobs.drainTo(group);
            group.forEach(job -> job.fail(new StorageException("the database's writer has ended", e)));
        }
    }

    private void take(List<Job<?>> group) {
        while (group.isEmpty()) {
            try {
                group.add(jobs.take());
            } catch (InterruptedException e) {
                // Only close() ends this thread: others' writes must not be lost to an interrupt.
            }
        }
        if (jobs.size() < FEW) {
            LockSupport.parkNanos(MOMENT_NANOS);
        }
        jobs.drainTo(group, MAX_GROUP - 1);
    }

    private void write(List<Job<?>> group) {
        try {
            SqlConnection sql = connection();
            sql.begin();
            for (Job<?> job : group) {
                job.run(sql);
            }
            sql.commit();
        } catch (SQLException | RuntimeException e) {
            // A full disk ends SQLite's transaction and spoils the driver's statements: only a new connection is sure.
            disconnect();
            group.forEach(job -> job.fail(new StorageException(CANNOT_WRITE, e)));
            return;
        } finally {
            group.forEach(job -> waitingBytes.addAndGet(-job.bytes));
        }
        group.forEach(Job::succeed);
    }

    private SqlConnection connection() throws SQLException {
        SqlConnection sql = connection;
        if (sql == null) {
            sql = new SqlConnection(database.open());
            connection = sql;
        }
        return sql;
    }

    private void disconnect() {
        SqlConnection sql = connection;
        connection = null;
        if (sql != null) {
            try {
                sql.close();
            } catch (SQLException e) {
                LOG.log(System.Logger.Level.WARNING, "closing the database", e);
            }
        }
    }

    /** One work and whoever waits for it. */
    private static final class Job<T> {
        final int bytes;
        final CompletableFuture<T> future = new CompletableFuture<>();
        private final Work<T> work;
        private @Nullable T result;
        private @Nullable RuntimeException failure;

        Job(int bytes, Work<T> work) {
            this.bytes = bytes;
            this.work = work;
        }

        void run(SqlConnection sql) throws SQLException {
            sql.statement("SAVEPOINT work").execute();
            try {
                result = work.run(sql);
            } catch (SQLException e) {
                undo(sql, e);
                failure = new StorageException(CANNOT_WRITE, e);
            } catch (RuntimeException e) {
                undo(sql, e);
                failure = e;
            }
            sql.statement("RELEASE work").execute();
        }

        /** Throws when the transaction, and with it what others did, is gone. */
        private static void undo(SqlConnection sql, Exception cause) throws SQLException {
            try {
                sql.closeStatements(); // The driver's own do not survive every error.
                sql.statement("ROLLBACK TO work").execute();
            } catch (SQLException e) {
                cause.addSuppressed(e);
                throw new SQLException("the transaction has ended: " + cause.getMessage(), cause);
            }
        }

        @SuppressWarnings("NullAway") // A result is null only where T is nullable.
        void succeed() {
            if (failure != null) {
                future.completeExceptionally(failure);
            } else {
                future.complete(result);
            }
        }

        void fail(StorageException ofTheGroup) {
            future.completeExceptionally(ofTheGroup);
        }
    }
}
