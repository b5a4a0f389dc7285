package dev.countersign.samples.collector.traffic;

import java.util.concurrent.atomic.LongAdder;

/** Where requests spend their time: as many buckets as a Prometheus histogram needs. Thread-safe. */
public final class Stages {
    private static final double[] BOUNDS = {
        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5
    };

    /** The upper bounds of the buckets, in seconds; the last bucket has none. */
    public static double[] bounds() {
        return BOUNDS.clone();
    }

    private final Stage verify = new Stage();
    private final Stage store = new Stage();

    /** The time of one stage. */
    public static final class Stage {
        private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
        private final LongAdder nanos = new LongAdder();

        Stage() {
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
        }

        void add(long duration) {
            nanos.add(duration);
            double seconds = duration / 1e9;
            int bucket = 0;
            while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
                bucket++;
            }
            buckets[bucket].increment();
        }

        /** How many requests fell into a bucket; the last one holds those above all bounds. */
        public long count(int bucket) {
            return buckets[bucket].sum();
        }

        /** The time of all requests, in seconds. */
        public double seconds() {
            return nanos.sum() / 1e9;
        }
    }

    /** Counts the verifying of a request; one without events is none. */
    public void verified(long nanos, int events) {
        if (events > 0) {
            verify.add(nanos);
        }
    }

    /** Counts the storing of a request, waiting included; one that stores nothing is none. */
    public void stored(long nanos, int events) {
        if (events > 0) {
            store.add(nanos);
        }
    }

    /** Verifying the proofs of a request. */
    public Stage verify() {
        return verify;
    }

    /** Storing the events of a request. */
    public Stage store() {
        return store;
    }
}
