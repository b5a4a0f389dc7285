package dev.countersign.client.internal.proof;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofProvider;
import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.internal.session.Owner;
import dev.countersign.client.internal.support.Clock;
import dev.countersign.client.internal.support.Jitter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Knows which proof belongs to whom, and gets new ones. Proofs are held in memory per user; an event meets its proof
 * through its owner and in no other way. A verdict of the collector applies to the proof that was sent. Safe for use by
 * several threads; the provider and the reports are called without a lock.
 *
 * <pre>
 *              proofs                                             provider
 * become       a visitor's become send-only, their group's stay   another subject: the call under way is given up
 * clear        send-only (SEND), or given up (HOLD, DROP)         the call under way is given up
 * put…         replaced                                           may be asked and told anew
 * planProofs   as they are                                        wanted when they are missing, refused or over
 * accepted     in use, so renewed ahead                           wanted no more
 * refused      not sent again                                     at once the first time, then ever more rarely
 * retain       forgotten without events or a session              wanted no more
 * </pre>
 */
public final class ProofKeeper {
    private final boolean unsigned;
    private final Clock clock;
    private final ServerClock serverClock;
    private final Jitter jitter;
    private final ProofReports reports;
    private final Runnable changed;

    private final Object lock = new Object();
    // Everything below is guarded by the lock.
    private final ProofStore store = new ProofStore();
    private final ProofDemands demands = new ProofDemands();
    private final ProofFetcher fetcher;
    private Owner current;
    private long changes;

    /**
     * A keeper without proofs.
     *
     * @param unsigned whether events of users and groups without a proof may go
     * @param executor runs the provider, off the threads that call this
     * @param changed told when waiting events may have become sendable; must be cheap
     */
    public ProofKeeper(
            @Nullable ProofProvider provider,
            boolean unsigned,
            Owner current,
            Executor executor,
            Clock clock,
            ServerClock serverClock,
            Jitter jitter,
            ProofReports reports,
            Runnable changed) {
        this.unsigned = unsigned;
        this.current = current;
        this.clock = clock;
        this.serverClock = serverClock;
        this.jitter = jitter;
        this.reports = reports;
        this.changed = changed;
        this.fetcher =
                new ProofFetcher(provider, executor, reports, this::landed, new FetchBudget(clock.elapsedMillis()));
    }

    /** Events are now made for this owner: the same visitor, who may have become a user or joined a group. */
    public void become(Owner owner) {
        synchronized (lock) {
            changes++;
            if (!owner.isSameSubject(current)) {
                fetcher.end();
                startAnew(owner);
                OwnerProofs before = store.find(current);
                if (before != null) {
                    // The visitor's group stays theirs when they become known.
                    store.of(owner).addGroups(before);
                    before.makeSendOnly();
                }
            }
            current = owner;
        }
    }

    /** Ends the session of {@code user} and {@code visitor}, and lets {@code next} begin; see {@link ClearPolicy}. */
    public void clear(ClearPolicy policy, Owner user, Owner visitor, Owner next) {
        synchronized (lock) {
            changes++;
            fetcher.end();
            if (!user.isAnonymous()) {
                leave(user, policy == ClearPolicy.SEND);
            }
            leave(visitor, policy != ClearPolicy.DROP);
            startAnew(next);
            current = next;
        }
    }

    /** The app supplied this user's or visitor's proof. */
    public void put(Owner owner, IdentityProof proof) {
        synchronized (lock) {
            take(owner, proof);
        }
        changed.run();
    }

    /** The same, unless another user's session has begun meanwhile. */
    public void putIfCurrent(Owner owner, IdentityProof proof) {
        synchronized (lock) {
            if (!owner.isSameSubject(current)) {
                return;
            }
            take(owner, proof);
        }
        changed.run();
    }

    private void take(Owner owner, IdentityProof proof) {
        store.of(owner).putUser(proof, proof.expiresAt(), clock.elapsedMillis(), jitter.next());
        demands.supplied(owner);
    }

    /** The app supplied the proof of this owner's group. */
    public void putGroup(Owner owner, String groupId, IdentityProof proof) {
        synchronized (lock) {
            store.of(owner).putGroup(groupId, proof, proof.expiresAt());
            demands.supplied(owner);
        }
        changed.run();
    }

    /** The proofs to send with this owner's events now; null when the events must wait for others. */
    public @Nullable ProofPair planProofs(Owner owner) {
        synchronized (lock) {
            ProofPair found = store.compose(owner, unsigned);
            Cause cause = found == null ? Cause.FIRST : fault(owner, found);
            ProofDemand demand = cause == null ? demands.find(owner) : demands.of(owner);
            if (demand != null) {
                demand.want(cause);
            }
            return cause == null ? found : null;
        }
    }

    /** Why these will not do; null when they will. */
    private @Nullable Cause fault(Owner owner, ProofPair pair) {
        ProofDemand demand = demands.find(owner);
        OwnerProofs theirs = store.find(owner);
        boolean sendOnly = theirs != null && theirs.isSendOnly();
        if (demand != null
                && (demand.isRefused(pair, clock.elapsedMillis()) || (sendOnly && demand.wasRefused(pair)))) {
            return Cause.REFUSED;
        }
        // Where nobody can fetch another, the collector judges: it costs one refusal at most. A send-only proof is not
        // thrown away by a clock that no server has confirmed.
        boolean judged = sendOnly ? serverClock.isLearned() : fetcher.canHelp(owner, current);
        return theirs != null && judged && theirs.isExpired(owner, serverClock) ? Cause.EXPIRING : null;
    }

    /** The collector accepted events of this owner that carried these. */
    public void accepted(Owner owner, ProofPair sent) {
        synchronized (lock) {
            OwnerProofs theirs = store.find(owner);
            ProofDemand demand = demands.find(owner);
            if (sent.equals(store.compose(owner, unsigned))) {
                if (theirs != null) {
                    theirs.markUsed();
                }
                if (demand != null) {
                    demand.accept();
                }
            }
        }
    }

    /** The collector refused these. Proofs that have replaced them meanwhile stay good. */
    public void refused(Owner owner, ProofPair sent) {
        synchronized (lock) {
            long now = clock.elapsedMillis();
            ProofDemand demand = demands.of(owner);
            boolean known = demand.isRefused(sent, now);
            demand.remember(sent, now);
            if (known || !sent.equals(store.compose(owner, unsigned))) {
                return;
            }
            demand.refuse(now, jitter.next());
        }
    }

    /** Whether the provider is being asked. */
    public boolean isAsking() {
        synchronized (lock) {
            return fetcher.isUnderWay();
        }
    }

    /** The app wants its events sent now: the provider may be asked at once, within its budget. */
    public void hasten() {
        synchronized (lock) {
            demands.hasten(current);
        }
    }

    /** How often the session has changed. */
    public long changes() {
        synchronized (lock) {
            return changes;
        }
    }

    /**
     * Only these owners have events left: what was kept for the others' events is forgotten. Nothing is when the session
     * has changed since {@code asOf} was read: {@code queued} may lack events whose proofs have only now to be kept.
     */
    public void retain(Collection<Owner> queued, long asOf) {
        synchronized (lock) {
            if (asOf != changes) {
                return;
            }
            store.retain(queued, current);
            demands.retain(queued, current);
        }
    }

    /**
     * Does what is due: cuts off a call that hangs, renews ahead of expiry, asks the provider for what is wanted, and
     * tells the app what only it can supply.
     *
     * @return milliseconds until something will be due
     */
    public long tick() {
        List<Runnable> outside = new ArrayList<>(2);
        long wait;
        synchronized (lock) {
            long now = clock.elapsedMillis();
            ProofFetch late = fetcher.cutOff(now);
            if (late != null) {
                demands.of(late.owner).fail(now, jitter.next());
                outside.add(() -> reports.proofFailed(late.owner, late.cause, "no answer within 30 s"));
            }
            wait = fetcher.renewAhead(store, demands, current, serverClock);
            wait = Math.min(wait, fetcher.ask(demands, current, now, outside));
            wait = Math.min(wait, fetcher.untilCutOff(now));
        }
        for (Runnable action : outside) {
            action.run();
        }
        return wait;
    }

    private void landed(ProofFetch landed, @Nullable IssuedProof issued, String failure) {
        String why;
        synchronized (lock) {
            if (!fetcher.land(landed)) {
                return; // cut off, or for a session that has ended
            }
            why = issued == null ? failure : keep(landed.owner, issued);
            if (why.isEmpty()) {
                demands.served(landed.owner);
            } else {
                demands.of(landed.owner).fail(clock.elapsedMillis(), jitter.next());
            }
            changed.run();
        }
        if (!why.isEmpty()) {
            reports.proofFailed(landed.owner, landed.cause, why);
        }
    }

    /** Returns why the answer will not do; empty when it will. */
    private String keep(Owner owner, IssuedProof issued) {
        if (!issued.getUserId().equals(owner.id())) {
            return "a proof of another user";
        }
        IdentityProof group = issued.getGroupProof();
        boolean expired =
                serverClock.isOver(issued.getExpiresAt()) || (group != null && serverClock.isOver(group.expiresAt()));
        if (expired && serverClock.isLearned()) {
            return "a proof that has expired already";
        }
        OwnerProofs theirs = store.of(owner);
        // By a clock that no server has confirmed nothing is expired: the collector will say.
        theirs.putIssued(issued, !expired, clock.elapsedMillis(), jitter.next());
        ProofPair pair = theirs.compose(owner, false);
        if (pair == null) {
            return "no proof of the group";
        }
        return demands.of(owner).isRefused(pair, clock.elapsedMillis()) ? "the proof that was refused" : "";
    }

    /** A send-only proof of an earlier session must not serve a new one. */
    private void startAnew(Owner owner) {
        store.remove(owner);
        demands.forget(owner);
    }

    private void leave(Owner owner, boolean keepForSending) {
        if (keepForSending) {
            OwnerProofs theirs = store.find(owner);
            if (theirs != null) {
                theirs.makeSendOnly();
            }
        } else {
            demands.forget(owner);
            store.of(owner).hold();
        }
    }
}
