package dev.countersign.client.internal.proof;

import dev.countersign.client.delivery.ClearPolicy;
import dev.countersign.client.identity.IdentityProof;
import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofProvider;
import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.internal.session.Owner;
import dev.countersign.client.internal.support.Alarm;
import dev.countersign.client.internal.support.Clock;
import dev.countersign.client.internal.support.Jitter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Knows which proof belongs to whom, and gets new ones. Proofs are held in memory per user; an event meets its proof
 * through its owner and in no other way. A verdict of the collector applies to the proof that was sent. Safe for use by
 * several threads; the provider, reports and {@code changed} are called without a lock.
 */
public final class ProofKeeper {
    private static final long CUT_OFF_MILLIS = 30_000;

    private final @Nullable ProofProvider provider;
    private final boolean unsigned;
    private final Executor fetches;
    private final Clock clock;
    private final ServerClock serverClock;
    private final Jitter jitter;
    private final ProofReports reports;
    private final Runnable changed;

    private final Object lock = new Object();
    // Everything below is guarded by the lock. The keys are owner tags; wallets have those without a group.
    private final Map<String, Wallet> wallets = new HashMap<>();
    private final Map<String, Asking> askings = new HashMap<>();
    private final FetchBudget budget;
    private Owner current;
    private @Nullable Flight flight;

    /**
     * A keeper without proofs.
     *
     * @param unsigned whether identified events without a proof may go
     * @param fetches runs the provider, off the threads that call this
     * @param changed told when waiting events may have become sendable
     */
    public ProofKeeper(
            @Nullable ProofProvider provider,
            boolean unsigned,
            Owner current,
            Executor fetches,
            Clock clock,
            ServerClock serverClock,
            Jitter jitter,
            ProofReports reports,
            Runnable changed) {
        this.provider = provider;
        this.unsigned = unsigned;
        this.current = current;
        this.fetches = fetches;
        this.clock = clock;
        this.serverClock = serverClock;
        this.jitter = jitter;
        this.reports = reports;
        this.changed = changed;
        this.budget = new FetchBudget(clock.elapsedMillis());
    }

    /** Events are now made for this owner; another user or visitor ends here, with proofs for queued events only. */
    public void become(Owner owner) {
        synchronized (lock) {
            if (!owner.isSameSubject(current)) {
                endFlight();
                start(owner);
                Wallet old = wallets.get(current.withoutGroup().tag());
                if (old != null) {
                    old.makeSendOnly();
                    // The visitor's group stays theirs when they become known.
                    wallet(owner).addGroups(old);
                }
            }
            current = owner;
        }
    }

    /** Ends the session of {@code user} and {@code visitor}, and lets {@code next} begin; see {@link ClearPolicy}. */
    public void clear(ClearPolicy policy, Owner user, Owner visitor, Owner next) {
        synchronized (lock) {
            endFlight();
            leave(user, policy == ClearPolicy.SEND);
            leave(visitor, policy != ClearPolicy.DROP);
            start(next);
            current = next;
        }
    }

    /** The app supplied this user's or visitor's proof. */
    public void put(Owner owner, IdentityProof proof) {
        synchronized (lock) {
            wallet(owner).putUser(proof, proof.expiresAt(), clock.elapsedMillis(), jitter.next());
            supplied(owner);
        }
        changed.run();
    }

    /** The app supplied the proof of this owner's group. */
    public void putGroup(Owner owner, String groupId, IdentityProof proof) {
        synchronized (lock) {
            wallet(owner).putGroup(groupId, proof);
            supplied(owner);
        }
        changed.run();
    }

    /** The same, unless another user's session has begun meanwhile. */
    public void putIfCurrent(Owner owner, IdentityProof proof) {
        synchronized (lock) {
            if (!owner.isSameSubject(current)) {
                return;
            }
        }
        put(owner, proof);
    }

    /** The proofs to send with this owner's events now; null when the events must wait for others. */
    public @Nullable Credentials credentials(Owner owner) {
        synchronized (lock) {
            Wallet wallet = wallets.get(owner.withoutGroup().tag());
            if (wallet != null && wallet.isSendOnly() && wallet.isExpired(serverClock)) {
                wallets.remove(owner.withoutGroup().tag());
                wallet = null;
            }
            Credentials found = (wallet == null ? new Wallet() : wallet).compose(owner, unsigned);
            Asking asking = askings.get(owner.tag());
            Cause cause = found == null ? Cause.FIRST : null;
            if (found != null && asking != null && asking.isRefused(found, clock.elapsedMillis())) {
                cause = Cause.REFUSED;
            } else if (found != null && wallet != null && wallet.isExpired(serverClock) && isFetchable(owner)) {
                cause = Cause.EXPIRING;
            }
            if (cause == null) {
                if (asking != null) {
                    asking.wanted = null;
                }
                return found;
            }
            asking(owner).wanted = cause;
            return null;
        }
    }

    /** The collector accepted an event of this owner that carried these. */
    public void accepted(Owner owner, Credentials sent) {
        synchronized (lock) {
            Wallet wallet = wallets.get(owner.withoutGroup().tag());
            if (wallet != null && sent.equals(wallet.compose(owner, unsigned))) {
                wallet.markUsed();
                Asking asking = askings.get(owner.tag());
                if (asking != null) {
                    asking.accept();
                }
            }
        }
    }

    /** The collector refused these. Proofs that have replaced them meanwhile stay good. */
    public void refused(Owner owner, Credentials sent) {
        synchronized (lock) {
            long now = clock.elapsedMillis();
            Asking asking = asking(owner);
            boolean known = asking.isRefused(sent, now);
            asking.remember(sent, now);
            Wallet wallet = wallets.get(owner.withoutGroup().tag());
            if (known || !sent.equals((wallet == null ? new Wallet() : wallet).compose(owner, unsigned))) {
                return;
            }
            asking.refuse(now, jitter.next());
            if (wallet != null && wallet.isSendOnly()) {
                wallets.remove(owner.withoutGroup().tag());
            }
        }
    }

    /** Only these owners have events left: what was kept for the others' events is forgotten. */
    public void retain(Collection<Owner> queued) {
        synchronized (lock) {
            Set<String> subjects = new HashSet<>();
            Set<String> tags = new HashSet<>();
            for (Owner owner : queued) {
                subjects.add(owner.withoutGroup().tag());
                tags.add(owner.tag());
            }
            for (Iterator<Map.Entry<String, Wallet>> i = wallets.entrySet().iterator(); i.hasNext(); ) {
                Map.Entry<String, Wallet> entry = i.next();
                if (entry.getValue().isSendOnly() && !subjects.contains(entry.getKey())) {
                    i.remove();
                }
            }
            for (Iterator<Asking> i = askings.values().iterator(); i.hasNext(); ) {
                Asking asking = i.next();
                if (!tags.contains(asking.owner.tag())) {
                    asking.wanted = null;
                    if (!asking.owner.isSameSubject(current)) {
                        i.remove();
                    }
                }
            }
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
            cutOff(now, outside);
            long untilRefresh = refreshAhead();
            wait = Math.min(untilRefresh, ask(now, outside));
            if (flight != null) {
                wait = Math.min(wait, flight.startedElapsed + CUT_OFF_MILLIS - now);
            }
        }
        for (Runnable action : outside) {
            action.run();
        }
        return wait;
    }

    private void cutOff(long now, List<Runnable> outside) {
        Flight late = flight;
        if (late != null && now - late.startedElapsed >= CUT_OFF_MILLIS) {
            endFlight();
            asking(late.owner).fail(now, jitter.next());
            outside.add(() -> reports.proofFailed(late.owner, late.cause, "no answer within 30 s"));
        }
    }

    private long refreshAhead() {
        Wallet wallet = wallets.get(current.withoutGroup().tag());
        if (wallet == null || !isFetchable(current)) {
            return Alarm.NEVER;
        }
        long wait = wallet.untilRefresh(serverClock, Alarm.NEVER);
        if (wait > 0) {
            return wait;
        }
        Asking asking = asking(current);
        asking.wanted = asking.wanted == null ? Cause.EXPIRING : asking.wanted;
        return Alarm.NEVER;
    }

    private long ask(long now, List<Runnable> outside) {
        long wait = Alarm.NEVER;
        for (Asking asking : new ArrayList<>(askings.values())) {
            Cause cause = asking.wanted;
            if (cause != null && !isFetchable(asking.owner)) {
                if (!asking.needReported) {
                    asking.needReported = true;
                    outside.add(() -> reports.proofNeeded(asking.owner, cause));
                }
            } else if (cause != null && flight == null) {
                // One call for the session's group serves the events without a group too.
                Owner owner = asking.owner.groupId() == null ? current : asking.owner;
                long hold = Math.max(asking.notBefore, asking(owner).notBefore) - now;
                hold = hold > 0 ? hold : budget.take(now);
                if (hold > 0) {
                    wait = Math.min(wait, hold);
                } else {
                    outside.add(launch(owner, cause, now));
                }
            }
        }
        return wait;
    }

    private Runnable launch(Owner owner, Cause cause, long now) {
        Flight launched = new Flight(owner, cause, now, provider(), this::landed);
        flight = launched;
        return () -> launched.start(fetches, this::landed);
    }

    private void landed(Flight landed, @Nullable IssuedProof issued, String failure) {
        String why;
        synchronized (lock) {
            if (flight != landed) {
                return; // cut off, or for a session that has ended
            }
            flight = null;
            why = issued == null ? failure : store(landed.owner, issued);
            if (!why.isEmpty()) {
                asking(landed.owner).fail(clock.elapsedMillis(), jitter.next());
            }
        }
        if (!why.isEmpty()) {
            reports.proofFailed(landed.owner, landed.cause, why);
        }
        changed.run();
    }

    /** Returns why the answer will not do; empty when it will. */
    private String store(Owner owner, IssuedProof issued) {
        if (!issued.userId().equals(owner.id())) {
            return "a proof of another user";
        }
        boolean expired = issued.expiresAt() != 0 && serverClock.now() >= issued.expiresAt();
        if (expired && serverClock.isLearned()) {
            return "a proof that has expired already";
        }
        Wallet wallet = wallet(owner);
        // By a clock that no server has confirmed nothing is expired: the collector will say.
        wallet.putUser(issued.proof(), expired ? 0 : issued.expiresAt(), clock.elapsedMillis(), jitter.next());
        if (issued.groupId() != null && issued.groupProof() != null) {
            wallet.putGroup(issued.groupId(), issued.groupProof());
        }
        Credentials credentials = wallet.compose(owner, false);
        if (credentials == null) {
            return "no proof of the group";
        }
        return asking(owner).isRefused(credentials, clock.elapsedMillis()) ? "the proof that was refused" : "";
    }

    private boolean isFetchable(Owner owner) {
        return provider != null && !owner.isAnonymous() && owner.isSameSubject(current);
    }

    private ProofProvider provider() {
        if (provider == null) {
            throw new IllegalStateException("no provider");
        }
        return provider;
    }

    /** A send-only proof of an earlier session must not serve a new one. */
    private void start(Owner owner) {
        leave(owner, false);
    }

    private void leave(Owner owner, boolean keepForSending) {
        Wallet wallet = wallets.get(owner.withoutGroup().tag());
        if (wallet != null && keepForSending) {
            wallet.makeSendOnly();
        } else {
            wallets.remove(owner.withoutGroup().tag());
        }
        for (Iterator<Asking> i = askings.values().iterator(); i.hasNext(); ) {
            if (i.next().owner.isSameSubject(owner) && !keepForSending) {
                i.remove();
            }
        }
    }

    private void endFlight() {
        Flight ended = flight;
        flight = null;
        if (ended != null) {
            ended.cancel();
        }
    }

    private Wallet wallet(Owner owner) {
        String tag = owner.withoutGroup().tag();
        Wallet wallet = wallets.get(tag);
        if (wallet == null) {
            wallet = new Wallet();
            wallets.put(tag, wallet);
        }
        return wallet;
    }

    private Asking asking(Owner owner) {
        Asking asking = askings.get(owner.tag());
        if (asking == null) {
            asking = new Asking(owner);
            askings.put(owner.tag(), asking);
        }
        return asking;
    }

    private void supplied(Owner owner) {
        for (Asking asking : askings.values()) {
            if (asking.owner.isSameSubject(owner)) {
                asking.needReported = false;
                asking.notBefore = Long.MIN_VALUE;
            }
        }
    }
}
