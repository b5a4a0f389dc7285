package dev.countersign.benchmarks.client;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Calls of one thread, each timed. */
final class Calls {
    private static final int PER_MILLISECOND = 20;

    private final Subject subject;
    private final long[] nanos;
    private long allocated;

    Calls(Subject subject, int calls) {
        this.subject = subject;
        this.nanos = new long[calls];
    }

    /** Twenty at the beginning of each millisecond. */
    void paced(int firstSeq) {
        long next = System.nanoTime();
        long before = allocatedBytes();
        for (int i = 0; i < nanos.length; i++) {
            if (i % PER_MILLISECOND == 0) {
                next += TimeUnit.MILLISECONDS.toNanos(1);
                for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
            long start = System.nanoTime();
            subject.track(firstSeq + i);
            nanos[i] = System.nanoTime() - start;
        }
        allocated = allocatedBytes() - before;
    }

    /** As fast as they return. */
    void unpaced(int firstSeq) {
        for (int i = 0; i < nanos.length; i++) {
            subject.track(firstSeq + i);
        }
    }

    double medianNanos() {
        return quantile(0.5);
    }

    Map<String, Double> results() {
        return Map.of(
                "median ns", medianNanos(), "p99 ns", quantile(0.99), "bytes/call", allocated / (double) nanos.length);
    }

    private double quantile(double share) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * share)];
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
