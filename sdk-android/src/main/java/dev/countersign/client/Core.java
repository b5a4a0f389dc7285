package dev.countersign.client;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.delivery.ClearedSession;
import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.delivery.Diagnostics.State;
import dev.countersign.client.delivery.DropReason;
import dev.countersign.client.delivery.EventCallback;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.SignedMetadata;
import dev.countersign.client.internal.delivery.DeliveryWorker;
import dev.countersign.client.internal.delivery.Reporter;
import dev.countersign.client.internal.delivery.Signals;
import dev.countersign.client.internal.event.EventEncoder;
import dev.countersign.client.internal.event.EventType;
import dev.countersign.client.internal.proof.ProofKeeper;
import dev.countersign.client.internal.queue.EventQueue;
import dev.countersign.client.internal.queue.QueuedEvent;
import dev.countersign.client.internal.session.Owner;
import dev.countersign.client.internal.session.Session;
import dev.countersign.client.internal.support.Clock;
import dev.countersign.client.internal.support.Ids;
import dev.countersign.client.internal.support.JsonBytes;
import dev.countersign.client.internal.transport.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The client's parts, wired. What changes the session does so under one lock; recording an event takes none of it: it
 * reads the session of the moment. Safe for use by several threads.
 */
final class Core {
    private final Clock clock;
    private final Ids ids;
    private final Signals signals;
    private final EventEncoder encoder;
    private final EventQueue queue;
    private final ProofKeeper proofs;
    private final Transport transport;
    private final DeliveryWorker worker;
    private final Reporter reporter;

    private final Object sessionLock = new Object();
    /** Written under {@link #sessionLock}. */
    private volatile Session session;

    Core(
            Clock clock,
            Ids ids,
            Signals signals,
            Session session,
            EventEncoder encoder,
            EventQueue queue,
            ProofKeeper proofs,
            Transport transport,
            DeliveryWorker worker,
            Reporter reporter) {
        this.clock = clock;
        this.ids = ids;
        this.signals = signals;
        this.session = session;
        this.encoder = encoder;
        this.queue = queue;
        this.proofs = proofs;
        this.transport = transport;
        this.worker = worker;
        this.reporter = reporter;
    }

    void track(String name, @Nullable Attributes properties, @Nullable EventCallback callback) {
        Session now = session;
        record(now, encode(EventType.TRACK, name, now, properties), callback);
    }

    void initialize() {
        Session now = session;
        record(now, encode(EventType.INITIALIZE, null, now, null), null);
    }

    /** Takes over whom the token names; {@code type} is what an event about a known user is called. */
    void adopt(SignedMetadata metadata, EventType type) {
        Session to;
        JsonBytes event;
        synchronized (sessionLock) {
            Session from = session;
            String userId = metadata.userId();
            if (userId == null && from.userId() != null) {
                throw new IllegalArgumentException(
                        "metadata: names no user, allowed is one that does, or clearSession() first");
            }
            to = userId == null ? from : successor(from, userId);
            String groupId = metadata.groupId();
            to = groupId == null ? to : to.group(groupId);
            event = encode(userId == null ? EventType.INITIALIZE : type, null, to, null);
            enter(from, to);
            proofs.put(to.owner(), metadata.proof());
        }
        record(to, event, null);
    }

    void identify(
            String userId,
            @Nullable Attributes traits,
            @Nullable IdentityProof proof,
            @Nullable EventCallback callback) {
        Session to;
        JsonBytes event;
        synchronized (sessionLock) {
            Session from = session;
            to = successor(from, userId);
            event = encode(EventType.IDENTIFY, null, to, traits);
            enter(from, to);
            if (proof != null) {
                proofs.put(to.owner(), proof);
            }
        }
        record(to, event, callback);
    }

    void group(
            String groupId,
            @Nullable Attributes traits,
            @Nullable IdentityProof proof,
            @Nullable EventCallback callback) {
        Session to;
        JsonBytes event;
        synchronized (sessionLock) {
            Session from = session;
            if (proof != null) {
                proof.requireNobodyElse(from.userId());
            }
            to = from.group(groupId);
            event = encode(EventType.GROUP, null, to, traits);
            enter(from, to);
            if (proof != null) {
                proofs.putGroup(to.owner(), groupId, proof);
            }
        }
        record(to, event, callback);
    }

    void updateProof(String userId, IdentityProof proof) {
        proofs.putIfCurrent(Owner.user(userId, null), proof);
    }

    ClearedSession clearSession(ClearPolicy policy) {
        Session ended;
        synchronized (sessionLock) {
            ended = session;
            Session next = Session.anonymous(ids.anonymousId());
            proofs.clear(policy, ended.owner(), visitor(ended), next.owner());
            session = next;
            if (policy == ClearPolicy.DROP) {
                ended.drop();
            }
        }
        List<String> tags = new ArrayList<>();
        int events = 0;
        for (Map.Entry<String, Integer> entry : queue.owners().entrySet()) {
            Owner owner = Owner.parse(entry.getKey());
            if (owner.isSameSubject(ended.owner()) || owner.isSameSubject(visitor(ended))) {
                tags.add(entry.getKey());
                events += entry.getValue();
            }
        }
        if (policy == ClearPolicy.DROP) {
            List<QueuedEvent> dropped = queue.removeAll(tags);
            reporter.dropped(DropReason.SESSION_CLEARED, dropped);
            events = dropped.size();
        }
        signals.flush();
        return new ClearedSession(policy, events);
    }

    void flush() {
        proofs.hasten();
        signals.hasten();
    }

    boolean flush(long timeoutMillis) {
        return flush(timeoutMillis, true);
    }

    private boolean flush(long timeoutMillis, boolean patient) {
        long last = queue.lastSequence();
        flush();
        try {
            return worker.awaitDelivery(last, timeoutMillis, patient);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Diagnostics diagnostics() {
        State state = worker.isStopped()
                ? State.CLOSED
                : worker.isKeyRefused()
                        ? State.API_KEY_REFUSED
                        : worker.failures() > 0 ? State.BACKING_OFF : State.READY;
        return new Diagnostics(
                state,
                queue.size(),
                queue.bytes(),
                reporter.deliveredCount(),
                reporter.rejectedCount(),
                reporter.droppedCount(),
                worker.failures(),
                worker.waitMillis());
    }

    /** Sends what it can in this time, then ends; what is left of a queue in memory is dropped and reported. */
    boolean close(long timeoutMillis) {
        boolean sent = flush(timeoutMillis, false);
        worker.stop();
        transport.close();
        reporter.tellEvicted();
        reporter.dropped(DropReason.CLOSED, queue.close());
        return sent;
    }

    String anonymousId() {
        return session.anonymousId();
    }

    /** Another user does not inherit the visitor, the group or the proofs of the one before. */
    private Session successor(Session from, String userId) {
        boolean other = from.userId() != null && !from.userId().equals(userId);
        return (other ? Session.anonymous(ids.anonymousId()) : from).identify(userId);
    }

    /** The proofs follow first: an event of the new session must find its owner known. */
    private void enter(Session from, Session to) {
        if (from.anonymousId().equals(to.anonymousId())) {
            proofs.become(to.owner());
        } else {
            proofs.clear(ClearPolicy.SEND, from.owner(), visitor(from), to.owner());
        }
        session = to;
    }

    private static Owner visitor(Session session) {
        return Owner.anonymous(session.anonymousId(), null);
    }

    private JsonBytes encode(EventType type, @Nullable String name, Session owner, @Nullable Attributes attributes) {
        return encoder.encode(type, name, clock.wallMillis(), owner.fragment(), attributes);
    }

    private void record(Session owner, JsonBytes event, @Nullable EventCallback callback) {
        if (callback != null) {
            reporter.await(EventEncoder.idOf(event.array()), callback);
        }
        QueuedEvent added = queue.add(owner.owner().tag(), clock.elapsedMillis(), event.array(), event.length());
        if (added == null) {
            reporter.tooLate(EventEncoder.idOf(event.array()));
        } else if (owner.isDropped()) {
            // The session was dropped between a look at it and here: its events were cleared without this one.
            reporter.dropped(DropReason.SESSION_CLEARED, queue.remove(Collections.singletonList(added)));
        } else {
            signals.eventQueued();
        }
    }
}
