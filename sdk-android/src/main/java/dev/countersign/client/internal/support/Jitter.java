package dev.countersign.client.internal.support;

import java.util.concurrent.ThreadLocalRandom;

/** Randomness of waiting times; passed in, so that tests choose it. Safe for use by several threads. */
public interface Jitter {

    /** A number from 0 (inclusive) to 1 (exclusive). */
    double next();

    /** Evenly distributed; not for secrets. */
    static Jitter system() {
        return () -> ThreadLocalRandom.current().nextDouble();
    }
}
