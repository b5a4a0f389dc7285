package dev.countersign.benchmarks.client;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What is measured, each in a JVM of its own. */
enum Measure {
    /** What a call costs its caller while delivery runs, once the code is compiled. */
    CALLER(1_000_000) {
        @Override
        Map<String, Double> run(Peer peer, Setup setup, int calls) {
            Subject subject = peer.make();
            subject.start(setup);
            new Calls(subject, 2 * calls).paced(0);
            Calls measured = new Calls(subject, calls);
            measured.paced(2 * calls);
            return measured.results();
        }
    },
    /** How fast events arrive when they are tracked as fast as one thread can, once the code is compiled: the last block counts. */
    THROUGHPUT(1_000_000) {
        private static final int BLOCKS = 6;
        private static final long WARM_NANOS = 8_000_000_000L;

        @Override
        Map<String, Double> run(Peer peer, Setup setup, int calls) {
            Subject subject = peer.make();
            subject.start(setup);
            long end = System.nanoTime() + WARM_NANOS;
            Map<String, Double> last = Map.of();
            for (int block = 0; block == 0 || (block < BLOCKS && System.nanoTime() < end); block++) {
                last = block(subject, new SinkControl(setup.port()), calls, block * calls);
            }
            return last;
        }

        private static Map<String, Double> block(Subject subject, SinkControl sink, int calls, int firstSeq) {
            SinkControl.Count before = sink.await(0, 0, 0);
            long cpu = cpuNanos();
            long start = System.nanoTime();
            new Calls(subject, calls).unpaced(firstSeq);
            subject.flush();
            SinkControl.Count arrived =
                    sink.await(before.different() + calls, 5_000, MOST_MILLIS).since(before);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpuMicros = (cpuNanos() - cpu) / 1e3;
            return Map.of(
                    "events/s",
                    arrived.different() / seconds,
                    "missing",
                    (double) calls - arrived.different(),
                    "cpu us/event",
                    cpuMicros / arrived.different(),
                    "bytes/event",
                    arrived.bytesPerEvent(),
                    "events/request",
                    arrived.eventsPerRequest());
        }
    },
    /** Calls, and then the process is gone. */
    HALT(1_000_000) {
        @Override
        Map<String, Double> run(Peer peer, Setup setup, int calls) {
            Subject subject = peer.make();
            new SinkControl(setup.port()).outage(true);
            subject.start(setup);
            settle();
            new Calls(subject, calls).paced(0);
            Runtime.getRuntime().halt(0);
            return Map.of();
        }
    },
    /** What the next process finds of that, and delivers. */
    RESTART(1_000_000) {
        @Override
        Map<String, Double> run(Peer peer, Setup setup, int calls) {
            Subject subject = peer.make();
            SinkControl sink = new SinkControl(setup.port());
            sink.outage(false);
            subject.start(setup);
            subject.flush();
            return Map.of("kept", (double) sink.await(calls, 8_000, MOST_MILLIS).different());
        }
    },
    /** Twenty events a second while the server answers 503, and what becomes of them. */
    OUTAGE(10_000) {
        @Override
        Map<String, Double> run(Peer peer, Setup setup, int calls) {
            Subject subject = peer.make();
            SinkControl sink = new SinkControl(setup.port());
            sink.outage(true);
            subject.start(setup);
            for (int i = 0; i < calls; i++) {
                subject.track(i);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            sink.outage(false);
            long start = System.nanoTime();
            SinkControl.Count tally = sink.await(calls, calls * 225L, 3 * MOST_MILLIS);
            return Map.of(
                    "delivered",
                    (double) tally.different(),
                    "requests",
                    (double) tally.requests(),
                    "seconds after",
                    (System.nanoTime() - start) / 1e9);
        }
    },
    /** Heap that a backlog takes; leaves it behind for {@link #START}. */
    FILL(1_000_000) {
        @Override
        Map<String, Double> run(Peer peer, Setup setup, int calls) {
            Subject subject = peer.make();
            new SinkControl(setup.port()).outage(true);
            subject.start(setup);
            subject.track(0);
            long before = heapAfterGc();
            Calls backlog = new Calls(subject, calls);
            if (calls <= 10_000) {
                backlog.paced(1);
            } else {
                backlog.unpaced(1);
            }
            long after = heapAfterGc();
            return Map.of("heap KB", (after - before) / 1024.0);
        }
    },
    /** From nothing to the first call that returned. */
    START(1_000_000) {
        @Override
        Map<String, Double> run(Peer peer, Setup setup, int calls) {
            Subject subject = peer.make();
            new SinkControl(setup.port()).outage(true);
            long start = System.nanoTime();
            subject.start(setup);
            long started = System.nanoTime();
            subject.track(calls);
            long tracked = System.nanoTime();
            return Map.of("start ms", (started - start) / 1e6, "first call ms", (tracked - start) / 1e6);
        }
    },
    /** A call that finds room against one that pushes the oldest event out; each of so many clients is filled anew, and the first two warm up. */
    FULL(10_000) {
        private static final int WARM_UP = 2;

        @Override
        Map<String, Double> run(Peer peer, Setup setup, int clients) {
            new SinkControl(setup.port()).outage(true);
            double empty = 0;
            double full = 0;
            for (int i = 0; i < clients; i++) {
                Setup own = new Setup(setup.port(), setup.directory().resolve("" + i), setup.maxQueued());
                own.directory().toFile().mkdir();
                Subject subject = peer.make();
                subject.start(own);
                Calls filling = new Calls(subject, setup.maxQueued());
                filling.paced(0);
                new Calls(subject, setup.maxQueued() / 2).paced(setup.maxQueued());
                Calls pushing = new Calls(subject, setup.maxQueued());
                pushing.paced(2 * setup.maxQueued());
                if (i >= WARM_UP) {
                    empty += filling.medianNanos() / (clients - WARM_UP);
                    full += pushing.medianNanos() / (clients - WARM_UP);
                }
            }
            return Map.of("empty ns", empty, "full ns", full, "ratio", full / empty);
        }
    };

    /** After which a measurement has failed. */
    static final long MOST_SECONDS = 200;

    private static final long MOST_MILLIS = 40_000;

    /** How many events the queue may hold. */
    final int maxQueued;

    Measure(int maxQueued) {
        this.maxQueued = maxQueued;
    }

    /** Measures {@code peer} with so many calls, or clients. */
    abstract Map<String, Double> run(Peer peer, Setup setup, int calls);

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long heapAfterGc() {
        settle();
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Time for what SDKs do after a call has returned. */
    private static void settle() {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
    }
}
