package dev.countersign.samples.rotation;

import java.time.Duration;

/**
 * How fast the demo goes. In production a proof lives for minutes, and so does a drain.
 *
 * @param proofLifetime how long a back end's proof lives
 * @param callTimeout the clients' limit for one call, so the longest that a proof is still on its way
 * @param clockMargin how far clocks may differ
 * @param quiet how long an old key must have been silent
 * @param look the least time for a step, so that a reader can follow
 */
record Pace(Duration proofLifetime, Duration callTimeout, Duration clockMargin, Duration quiet, Duration look) {

    static Pace demo() {
        return new Pace(
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(800));
    }

    /** Until no proof of the old key can be alive, counted from the last back end's switch. */
    Duration drain() {
        return proofLifetime.plus(callTimeout).plus(clockMargin);
    }
}
