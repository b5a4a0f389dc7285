package dev.countersign.samples.collector;

import dev.countersign.samples.collector.runtime.Time;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The time of day, the ticker and the schedulers of any number of collectors, all moved by the test alone. What is to be
 * done at once is done on the caller's thread; what is to be done later, while the test moves the time.
 */
final class ControlledTime {
    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final List<Task> tasks = new ArrayList<>();
    private long nanos;
    private long order;

    private record Task(Runnable work, long due, long period, long order) {}

    /** The time of one collector. */
    Time time() {
        return new Time(clock(), this::nanos, Scheduler::new);
    }

    private synchronized long nanos() {
        return nanos;
    }

    /** Moves the time, doing what falls due on the way. */
    void advance(Duration time) {
        long until = nanos() + time.toNanos();
        for (Task task = due(until); task != null; task = due(until)) {
            task.work.run();
            if (task.period > 0) {
                add(task.work, task.period, task.period);
            }
        }
        synchronized (this) {
            nanos = until;
        }
    }

    private synchronized Task due(long until) {
        Task next = tasks.stream()
                .min(Comparator.comparingLong(Task::due).thenComparingLong(Task::order))
                .filter(task -> task.due <= until)
                .orElse(null);
        if (next != null) {
            tasks.remove(next);
            nanos = Math.max(nanos, next.due);
        }
        return next;
    }

    private synchronized void add(Runnable work, long delay, long period) {
        tasks.add(new Task(work, nanos + delay, period, order++));
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return START.plusNanos(nanos());
            }
        };
    }

    /** An executor whose own threads never start. */
    private final class Scheduler extends ScheduledThreadPoolExecutor {
        Scheduler() {
            super(0);
        }

        @Override
        public synchronized void execute(Runnable work) {
            work.run();
        }

        @Override
        public java.util.concurrent.ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
            add(work, unit.toNanos(delay), 0);
            return null;
        }

        @Override
        public java.util.concurrent.ScheduledFuture<?> scheduleWithFixedDelay(
                Runnable work, long first, long delay, TimeUnit unit) {
            add(work, unit.toNanos(first), unit.toNanos(delay));
            return null;
        }
    }
}
