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
 * same rules there.
 */
public interface EventStore {

    /**
     * Stores events that were accepted. All or nothing: a failure stores none of them.
     *
     * @param events the events, in the order of the request; an empty list completes at once
     * @return one outcome for each event, in their order, completed <b>after</b> they are durable; fails with
     *     {@link StorageException} when they could not be made durable
     * @throws OverloadedException when too much is waiting already; nothing of the request was taken
     */
    CompletableFuture<List<StoreOutcome>> append(List<AcceptedEvent> events);
}
