package dev.countersign.client.internal.queue;

/** Hears of trouble with the queue's files. May be called on any thread, also under the queue's lock: must be cheap. */
public interface StorageReports {
    /** What happened, and what it means; without ids, events or proofs. */
    void storageProblem(String what);
}
