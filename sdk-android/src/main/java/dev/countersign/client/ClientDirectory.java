package dev.countersign.client;

import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.internal.delivery.Reporter;
import dev.countersign.client.internal.delivery.Signals;
import dev.countersign.client.internal.delivery.Upkeep;
import dev.countersign.client.internal.queue.EventQueue;
import dev.countersign.client.internal.session.SavedSession;
import dev.countersign.client.internal.storage.DirectoryLock;
import dev.countersign.client.internal.storage.StateFile;
import dev.countersign.client.internal.support.Alarm;
import dev.countersign.client.internal.support.Clock;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The client's directory. It is opened on the delivery thread, and again every minute while that fails; the client works
 * in memory meanwhile.
 *
 * <pre>
 * lock            keeps other processes out
 * session         who is using the app, and what they agreed to
 * evicted         how many events had to make room, and of how many the app was told
 * 000001.events   the queue, and so on
 * </pre>
 */
final class ClientDirectory implements Upkeep {
    private static final String SESSION = "session";
    private static final long RETRY_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final DirectoryLock lock;
    private final EventQueue queue;
    private final Executor executor;
    private final Clock clock;
    private final Signals signals;
    private final Reporter reporter;

    private volatile Diagnostics.Storage state = Diagnostics.Storage.OPENING;
    private @Nullable Core core;
    private @Nullable Prologue prologue;
    // Used by the delivery thread alone.
    private @Nullable StateFile session;
    private long retryAt = Long.MIN_VALUE;

    ClientDirectory(
            DirectoryLock lock, EventQueue queue, Executor executor, Clock clock, Signals signals, Reporter reporter) {
        this.lock = lock;
        this.queue = queue;
        this.executor = executor;
        this.clock = clock;
        this.signals = signals;
        this.reporter = reporter;
    }

    /** Whose calls wait for the directory; before anything else. */
    void serve(Core itsCore, Prologue itsPrologue) {
        core = itsCore;
        prologue = itsPrologue;
    }

    Diagnostics.Storage state() {
        return state;
    }

    @Override
    public long tick() {
        long now = clock.elapsedMillis();
        boolean opened = state == Diagnostics.Storage.DURABLE;
        if (retryAt <= now && (!opened || queue.inMemory() > 0)) {
            retryAt = now + RETRY_MILLIS;
            if (opened) {
                queue.retry();
            } else {
                open();
            }
        }
        boolean wanting = state != Diagnostics.Storage.DURABLE || queue.inMemory() > 0;
        return wanting ? Math.max(0, retryAt - now) : Alarm.NEVER;
    }

    private void open() {
        boolean first = state == Diagnostics.Storage.OPENING;
        boolean opened = false;
        try {
            File directory = lock.acquire();
            session = session == null ? StateFile.open(new File(directory, SESSION)) : session;
            queue.open(directory, executor, reporter);
            opened = true;
        } catch (IOException | RuntimeException e) {
            reporter.storageProblem(e.getMessage() == null ? e.getClass().getName() : e.getMessage());
        }
        if (core != null && prologue != null) {
            SavedSession saved = saved();
            if (saved != null) {
                core.begin(first && session != null ? saved : saved.withoutSession());
            }
            if (session != null) {
                core.saveIn(session);
            }
            prologue.end();
        }
        // Not before the prologue is over: until then a call waits in memory.
        state = opened ? Diagnostics.Storage.DURABLE : Diagnostics.Storage.UNAVAILABLE;
        if (opened) {
            retryAt = Long.MIN_VALUE; // that of what stays in memory counts from its own failure
            queue.load(reporter);
            signals.flush();
        }
    }

    private @Nullable SavedSession saved() {
        try {
            // What the user agreed to counts also while somebody else has the directory.
            byte[] bytes = session == null ? StateFile.peek(new File(lock.find(), SESSION)) : session.read();
            return bytes == null ? null : SavedSession.decode(bytes);
        } catch (IOException | RuntimeException e) {
            reporter.storageProblem("the saved session cannot be read and is forgotten: " + e.getMessage());
            return null;
        }
    }

    /** Lets another client use the directory. */
    void close() {
        lock.release();
    }
}
