package dev.countersign.samples.collector.runtime;

import dev.countersign.samples.collector.event.Refusal;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What an environment has seen since the collector started. Thread-safe; holds no ids. */
public final class Counters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final Map<String, LongAdder> rejected = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();

    /** Counts what became of events in the store. */
    public void count(StoreOutcome outcome, int events) {
        switch (outcome) {
            case STORED, REPLACED -> accepted.add(events);
            case DUPLICATE -> duplicates.add(events);
            case CONFLICT -> conflicts.add(events);
        }
    }

    /** Counts an event that did not reach the store. */
    public void count(Refusal refusal) {
        count(rejected, refusal.countedAs(), 1);
    }

    /** Counts events that were accepted although their proofs failed for a reason. */
    public void countFailed(String reason, int events) {
        count(failed, reason, events);
    }

    /** Events stored. */
    public long accepted() {
        return accepted.sum();
    }

    /** Events that were stored before. */
    public long duplicates() {
        return duplicates.sum();
    }

    /** Events whose id another event holds. */
    public long conflicts() {
        return conflicts.sum();
    }

    /** Events refused, by reason. */
    public Map<String, Long> rejected() {
        return sums(rejected);
    }

    /** Events accepted although their proof failed, by reason. */
    public Map<String, Long> failed() {
        return sums(failed);
    }

    private static void count(Map<String, LongAdder> counts, String name, int events) {
        counts.computeIfAbsent(name, unseen -> new LongAdder()).add(events);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }
}
