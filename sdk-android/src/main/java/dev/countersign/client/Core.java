package dev.countersign.client;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.delivery.ClearedSession;
import dev.countersign.client.delivery.CollectionMode;
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
import dev.countersign.client.internal.queue.OwnerFilter;
import dev.countersign.client.internal.queue.QueuedEvent;
import dev.countersign.client.internal.session.Owner;
import dev.countersign.client.internal.session.SavedSession;
import dev.countersign.client.internal.session.Session;
import dev.countersign.client.internal.storage.StateFile;
import dev.countersign.client.internal.support.Clock;
import dev.countersign.client.internal.support.Ids;
import dev.countersign.client.internal.support.JsonBytes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is using the app, and what they do. What changes the session does so under one lock; recording an event takes none
 * of it: it reads the session of the moment. Safe for use by several threads. What the app calls before the client's
 * directory is open waits in the {@link Prologue} until {@link #begin}.
 */
final class Core {
    private final Clock clock;
    private final Ids ids;
    private final Signals signals;
    private final EventEncoder encoder;
    private final EventQueue queue;
    private final ProofKeeper proofs;
    private final DeliveryWorker worker;
    private final Reporter reporter;

    private final Object sessionLock = new Object();
    /** Written under the session lock. */
    private volatile Session session;

    private volatile CollectionMode mode;
    /** Whether the app has set the mode. */
    private volatile boolean chosen;
    /** Guarded by the session lock. */
    private @Nullable StateFile file;

    Core(
            Clock clock,
            Ids ids,
            Signals signals,
            Session session,
            CollectionMode mode,
            EventEncoder encoder,
            EventQueue queue,
            ProofKeeper proofs,
            DeliveryWorker worker,
            Reporter reporter) {
        this.clock = clock;
        this.ids = ids;
        this.signals = signals;
        this.session = session;
        this.mode = mode;
        this.encoder = encoder;
        this.queue = queue;
        this.proofs = proofs;
        this.worker = worker;
        this.reporter = reporter;
        worker.pause(mode != CollectionMode.ENABLED);
    }

    /** Goes on where an earlier process ended; what the app has said of the user's consent since then stays. */
    void begin(SavedSession earlier) {
        synchronized (sessionLock) {
            mode = chosen ? mode : earlier.mode();
            Session its = earlier.session();
            if (its != null) {
                proofs.become(its.owner());
                session = its;
            }
        }
        worker.pause(mode != CollectionMode.ENABLED);
        if (mode == CollectionMode.DISABLED) {
            drop(DropReason.COLLECTION_DISABLED, tag -> true); // the process may have ended before it had done so
        }
    }

    /** From now on this file keeps the session for the next process. */
    void saveIn(StateFile keeper) {
        synchronized (sessionLock) {
            file = keeper;
            save();
        }
    }

    private void saveNow() {
        synchronized (sessionLock) {
            save();
        }
    }

    private void save() {
        if (file != null) {
            file.write(new SavedSession(mode, mode == CollectionMode.DISABLED ? null : session).encode());
        }
    }

    /** Throws when an event like this could not be recorded: it is too large. Returns the id that it might have. */
    String check(EventType type, @Nullable String name, @Nullable Attributes attributes) {
        JsonBytes event = encode(type, name, clock.wallMillis(), session, attributes);
        String id = EventEncoder.idOf(event.array());
        encoder.release(event);
        return id;
    }

    /** Records an event that changes nothing, which happened at {@code wallMillis}. */
    void record(
            EventType type,
            @Nullable String name,
            @Nullable Attributes attributes,
            @Nullable EventCallback callback,
            long wallMillis) {
        Session now = session;
        record(now, encode(type, name, wallMillis, now, attributes), callback);
    }

    /** Takes over whom the token names; {@code type} is what an event about a known user is called. */
    void adopt(SignedMetadata metadata, EventType type, long wallMillis) {
        Session to;
        JsonBytes event;
        synchronized (sessionLock) {
            Session from = session;
            String userId = metadata.getUserId();
            if (userId == null && from.userId() != null) {
                throw new IllegalArgumentException(
                        "metadata: names no user, allowed is one that does, or clearSession() first");
            }
            to = userId == null ? from : successor(from, userId);
            String groupId = metadata.getGroupId();
            to = groupId == null ? to : to.group(groupId);
            event = encode(userId == null ? EventType.INITIALIZE : type, null, wallMillis, to, null);
            enter(from, to);
            proofs.put(to.owner(), metadata.proof());
        }
        record(to, event, null);
    }

    void identify(
            String userId,
            @Nullable Attributes traits,
            @Nullable IdentityProof proof,
            @Nullable EventCallback callback,
            long wallMillis) {
        Session to;
        JsonBytes event;
        synchronized (sessionLock) {
            Session from = session;
            to = successor(from, userId);
            event = encode(EventType.IDENTIFY, null, wallMillis, to, traits);
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
            @Nullable EventCallback callback,
            long wallMillis) {
        Session to;
        JsonBytes event;
        synchronized (sessionLock) {
            Session from = session;
            if (proof != null) {
                proof.requireNobodyElse(from.userId());
            }
            to = from.group(groupId);
            event = encode(EventType.GROUP, null, wallMillis, to, traits);
            enter(from, to);
            if (proof != null) {
                proofs.putGroup(to.owner(), groupId, proof);
            }
        }
        record(to, event, callback);
    }

    void setSessionProperties(Attributes properties) {
        synchronized (sessionLock) {
            session = session.with(properties);
        }
    }

    void updateProof(String userId, IdentityProof proof) {
        proofs.putIfCurrent(Owner.user(userId, null), proof);
    }

    ClearedSession clearSession(ClearPolicy policy) {
        Session ended = endSession(policy);
        OwnerFilter theirs = tag -> {
            Owner owner = Owner.parse(tag);
            return owner.isSameSubject(ended.owner()) || owner.isSameSubject(visitor(ended));
        };
        int events = 0;
        if (policy == ClearPolicy.DROP) {
            events = drop(DropReason.SESSION_CLEARED, theirs);
        } else {
            for (Map.Entry<String, Integer> entry : queue.owners().entrySet()) {
                events += theirs.include(entry.getKey()) ? entry.getValue() : 0;
            }
        }
        saveNow(); // after the events: where both are not done, the session still stands and can be cleared again
        signals.flush();
        return new ClearedSession(policy, events);
    }

    /** Replaces the session by that of a new visitor, and returns it. */
    private Session endSession(ClearPolicy policy) {
        synchronized (sessionLock) {
            Session ended = session;
            Session next = Session.anonymous(ids.anonymousId());
            proofs.clear(policy, ended.owner(), visitor(ended), next.owner());
            session = next;
            if (policy == ClearPolicy.DROP) {
                ended.drop();
            }
            return ended;
        }
    }

    private int drop(DropReason reason, OwnerFilter owners) {
        List<QueuedEvent> dropped = queue.removeAll(owners);
        reporter.dropped(reason, dropped);
        return dropped.size();
    }

    void setCollection(CollectionMode to) {
        chosen = true;
        mode = to;
        saveNow(); // first: what the user forbids must not begin anew
        if (to == CollectionMode.DISABLED) {
            endSession(ClearPolicy.DROP);
            drop(DropReason.COLLECTION_DISABLED, tag -> true);
        }
        worker.pause(to != CollectionMode.ENABLED);
    }

    CollectionMode collection() {
        return mode;
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
        save();
    }

    private static Owner visitor(Session session) {
        return Owner.anonymous(session.anonymousId(), null);
    }

    private JsonBytes encode(
            EventType type, @Nullable String name, long at, Session owner, @Nullable Attributes attributes) {
        Attributes all = attributes;
        if (type == EventType.TRACK && owner.properties().size() > 0) {
            all = attributes == null ? owner.properties() : attributes.withDefaults(owner.properties());
        }
        return encoder.encode(type, name, at, owner.fragment(), all);
    }

    private void record(Session owner, JsonBytes event, @Nullable EventCallback callback) {
        @Nullable String id = callback == null ? null : EventEncoder.idOf(event.array());
        if (callback != null && id != null) {
            reporter.await(id, callback);
        }
        boolean wanted = mode != CollectionMode.DISABLED;
        QueuedEvent added = wanted ? queue.add(owner.owner().tag(), event.array(), event.length()) : null;
        encoder.release(event);
        if (added == null) {
            reporter.notTaken(wanted ? DropReason.CLOSED : DropReason.COLLECTION_DISABLED, id);
        } else if (owner.isDropped()) {
            // The session was dropped between a look at it and here: its events were cleared without this one.
            reporter.dropped(DropReason.SESSION_CLEARED, queue.remove(Collections.singletonList(added)));
        } else {
            signals.eventQueued();
        }
    }
}
