package dev.countersign.samples.collector;

import dev.countersign.samples.collector.runtime.Time;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What happens again and again happens here when the test says that time has passed. Whoever waits for something waits
 * for as long as it takes, unless the test says otherwise.
 */
final class SteppedTime {
    /** Three seconds of patience are soon over, and keys that are trusted for 15 minutes outlive the test. */
    private static final long HURRY = 5;

    private final List<Again> again = new CopyOnWriteArrayList<>();
    private final AtomicLong hurriedSince = new AtomicLong();

    Time time() {
        return new Time(Clock.systemUTC(), this::nanos, this::scheduler);
    }

    private long nanos() {
        long since = hurriedSince.get();
        return since == 0 ? 0 : HURRY * (System.nanoTime() - since);
    }

    /** From now on time flies, so that whoever waits gives up soon. */
    void losePatience() {
        hurriedSince.set(System.nanoTime());
    }

    private ScheduledExecutorService scheduler() {
        return new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
                again.add(new Again(this, task, unit.toMillis(delay)));
                return super.schedule(() -> {}, 1, TimeUnit.DAYS);
            }
        };
    }

    private record Again(ScheduledThreadPoolExecutor scheduler, Runnable task, long millis) {}

    /** Lets time pass; returns when what falls due in it has happened once, the rarest first. */
    void pass(Duration time) {
        List<Again> due = new ArrayList<>(again);
        due.removeIf(task -> task.millis > time.toMillis() || task.scheduler.isShutdown());
        due.sort((one, other) -> Long.compare(other.millis, one.millis));
        for (Again task : due) {
            try {
                task.scheduler.submit(task.task).get();
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }
}
