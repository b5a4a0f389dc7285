package dev.countersign.samples.collector.runtime;

import dev.countersign.samples.collector.event.Refusal;
import dev.countersign.samples.collector.storage.StoreOutcome;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What an environment has seen since the collector started. Thread-safe; holds no ids but those of keys. */
public final class Counters {
    private final LongAdder accepted = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final Map<String, LongAdder> rejected = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
    private final Map<String, KeyUse> keys = new ConcurrentHashMap<>();

    /** How a key was used. */
    private static final class KeyUse {
        final LongAdder accepted = new LongAdder();
        final AtomicLong lastUsedAt = new AtomicLong();
    }

    /** Counts what became of an event in the store. */
    public void count(StoreOutcome outcome) {
        switch (outcome) {
            case STORED, REPLACED -> accepted.increment();
            case DUPLICATE -> duplicates.increment();
            case CONFLICT -> conflicts.increment();
        }
    }

    /** Counts an event that did not reach the store. */
    public void count(Refusal refusal) {
        count(rejected, refusal.countedAs());
    }

    /** Counts an event that was accepted although its proof failed for a reason. */
    public void countFailed(String reason) {
        count(failed, reason);
    }

    /**
     * Counts a proof that held, whatever became of its event.
     *
     * @param at when it arrived, in milliseconds since 1970
     */
    public void countProof(String keyId, long at) {
        keyUse(keyId).lastUsedAt.accumulateAndGet(at, Math::max);
    }

    /** Counts an event that is stored for a key that a proof of it was made with. */
    public void countAccepted(String keyId) {
        keyUse(keyId).accepted.increment();
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

    /** Events stored that a proof of the key came with. */
    public long accepted(String keyId) {
        KeyUse use = keys.get(keyId);
        return use == null ? 0 : use.accepted.sum();
    }

    /** When a proof of the key last held, in milliseconds since 1970; null when none has. */
    public @Nullable Long lastUsedAt(String keyId) {
        KeyUse use = keys.get(keyId);
        return use == null ? null : Long.valueOf(use.lastUsedAt.get());
    }

    private KeyUse keyUse(String keyId) {
        return keys.computeIfAbsent(keyId, unseen -> new KeyUse());
    }

    private static void count(Map<String, LongAdder> counts, String name) {
        counts.computeIfAbsent(name, unseen -> new LongAdder()).increment();
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counts) {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }
}
