package dev.countersign.server.key;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Turns any number of wishes to refresh into one refresh at once and one after each pause in which more came. */
final class EarlyRefresh {
    private static final int IDLE = 0;
    private static final int PAUSED = 1;
    private static final int PAUSED_AND_ASKED = 2;

    private final AtomicInteger state = new AtomicInteger(IDLE);
    private final ScheduledExecutorService scheduler;
    private final Duration pause;
    private final Runnable refresh;

    EarlyRefresh(ScheduledExecutorService scheduler, Duration pause, Runnable refresh) {
        this.scheduler = scheduler;
        this.pause = pause;
        this.refresh = refresh;
    }

    void ask() {
        if (state.getAndUpdate(now -> now == IDLE ? PAUSED : PAUSED_AND_ASKED) == IDLE) {
            refreshAndPause();
        }
    }

    private void refreshAndPause() {
        refresh.run();
        try {
            var unused = scheduler.schedule(this::endPause, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            state.set(IDLE);
        }
    }

    private void endPause() {
        if (state.getAndUpdate(now -> now == PAUSED_AND_ASKED ? PAUSED : IDLE) == PAUSED_AND_ASKED) {
            refreshAndPause();
        }
    }
}
