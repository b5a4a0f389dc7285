package dev.countersign.samples.collector.storage;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps accepted events, each once per (environment, event id). Thread-safe.
 *
 * <p>Rules, in the order of a request's events:
 *
 * <ul>
 *   <li>an id that is not there yet: {@link StoreOutcome#STORED}
 *   <li>a verified event over one that is not verified: {@link StoreOutcome#REPLACED}, so nobody can burn another
 *       user's id by sending it first
 *   <li>the same content again (proofs are no content): {@link StoreOutcome#DUPLICATE}
 *   <li>other content, another owner included: {@link StoreOutcome#CONFLICT}; what is stored stays
 * </ul>
 *
 * <p>A store that finds repeats only later (a log with consumers behind it) answers STORED for them and applies the
 * same rules there, in the order in which events of one owner arrived. There, a request that failed may have left some
 * of its events: sent again, they are repeats.
 */
public interface EventStore {

    /**
     * Stores events that were accepted. All or nothing, but for the stores that the class speaks of last.
     *
     * @param events the events, in the order of the request; an empty list completes at once
     * @return one outcome for each event, in their order, completed <b>after</b> they are durable; fails with
     *     {@link StorageException} when they could not be made durable
     * @throws OverloadedException when too much is waiting already; nothing of the request was taken
     */
    CompletableFuture<List<StoreOutcome>> append(List<AcceptedEvent> events);

    /**
     * Deletes events that are past their retention. Blocks for I/O.
     *
     * @param receivedBefore of which arrival, in milliseconds since 1970
     * @return how many, as far as that is known
     */
    long deleteBefore(long receivedBefore);

    /** Whether events are taken; false when only a restart helps. */
    boolean isOpen();

    /** How much waits to be durable, in bytes, about. */
    long waitingBytes();
}
