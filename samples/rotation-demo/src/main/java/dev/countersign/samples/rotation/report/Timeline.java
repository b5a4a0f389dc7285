package dev.countersign.samples.rotation.report;

import dev.countersign.samples.rotation.account.Refused;
import dev.countersign.samples.rotation.ledger.StoredEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Events per second: verified ones by the generation of their key, and refused ones. Not thread-safe. */
final class Timeline {

    private final long startedAt;
    private final long[][] verified;
    private final long[] refused;

    /**
     * An empty timeline.
     *
     * @param generations how many keys an environment had, one after the other
     */
    Timeline(long startedAt, long endedAt, int generations) {
        int seconds = Math.max(1, Math.toIntExact((endedAt - startedAt) / 1_000 + 1));
        this.startedAt = startedAt;
        this.verified = new long[generations][seconds];
        this.refused = new long[seconds];
    }

    /** Adds stored rows; {@code generationByKey} counts from 0. A row of no known key is left out. */
    Timeline addVerified(List<StoredEvent> rows, Map<String, Integer> generationByKey) {
        for (StoredEvent row : rows) {
            Integer generation = row.keyId() == null ? null : generationByKey.get(row.keyId());
            if (generation != null) {
                verified[generation][second(row.receivedAt())]++;
            }
        }
        return this;
    }

    /** Adds refusals. */
    Timeline addRefused(List<Refused> refusals) {
        refusals.forEach(some -> refused[second(some.at())] += some.events());
        return this;
    }

    int seconds() {
        return refused.length;
    }

    int generations() {
        return verified.length;
    }

    /** Verified events of {@code second} under the key of {@code generation}. */
    long verified(int generation, int second) {
        return verified[generation][second];
    }

    /** Refused events of {@code second}. */
    long refused(int second) {
        return refused[second];
    }

    /** Verified events of {@code second}, whatever their key. */
    long verified(int second) {
        return IntStream.range(0, generations())
                .mapToLong(generation -> verified[generation][second])
                .sum();
    }

    /** What is worth drawing in full: the tallest second, or three times an ordinary one if that is less. */
    long drawnInFull() {
        long[] busy = IntStream.range(0, seconds())
                .mapToLong(this::verified)
                .filter(events -> events > 0)
                .sorted()
                .toArray();
        return busy.length == 0 ? 0 : Math.min(busy[busy.length - 1], 3 * busy[busy.length / 2]);
    }

    /** The worst second's refused events. */
    long mostRefused() {
        return IntStream.range(0, seconds()).mapToLong(this::refused).max().orElse(0);
    }

    /** Seconds from the start, as a fraction. */
    double at(long millis) {
        return (millis - startedAt) / 1_000.0;
    }

    private int second(long millis) {
        return (int) Math.max(0, Math.min(seconds() - 1L, (millis - startedAt) / 1_000));
    }
}
