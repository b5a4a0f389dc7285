package dev.countersign.client.internal.proof;

import dev.countersign.client.identity.ProofProvider;
import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.internal.session.Owner;
import dev.countersign.client.internal.support.Alarm;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks the provider: one call at a time, for the current user only, within a budget. Guarded by the keeper's lock; what
 * must run without it is handed back.
 */
final class ProofFetcher {
    private static final long CUT_OFF_MILLIS = 30_000;

    private final @Nullable ProofProvider provider;
    private final Executor executor;
    private final ProofReports reports;
    private final ProofFetch.Landing landing;
    private final FetchBudget budget;
    private @Nullable ProofFetch fetch;

    ProofFetcher(
            @Nullable ProofProvider provider,
            Executor executor,
            ProofReports reports,
            ProofFetch.Landing landing,
            FetchBudget budget) {
        this.provider = provider;
        this.executor = executor;
        this.reports = reports;
        this.landing = landing;
        this.budget = budget;
    }

    /** Whether the provider can help this owner, while {@code current} uses the app. */
    boolean canHelp(Owner owner, Owner current) {
        return provider != null && !owner.isAnonymous() && owner.isSameSubject(current);
    }

    /**
     * Starts the call that is wanted most, when it may start now, and tells the app what only it can supply.
     *
     * @param outside receives what is to run without the lock
     * @return milliseconds until a call that must wait may start
     */
    long ask(ProofDemands demands, Owner current, long now, List<Runnable> outside) {
        long wait = Alarm.NEVER;
        for (ProofDemand demand : demands.wanted()) {
            Cause cause = demand.wanted();
            if (cause == null) {
                continue;
            }
            if (!canHelp(demand.owner(), current)) {
                if (demand.shouldReportNeed()) {
                    outside.add(() -> reports.proofNeeded(demand.owner(), cause));
                }
            } else if (fetch == null) {
                // One call for the session's group serves the events without a group too.
                Owner owner = demand.owner().groupId() == null ? current : demand.owner();
                long hold = Math.max(demand.hold(now), demands.of(owner).hold(now));
                hold = hold > 0 ? hold : budget.take(now);
                if (hold > 0) {
                    wait = Math.min(wait, hold);
                } else {
                    launch(owner, cause, now, outside);
                }
            }
        }
        return wait;
    }

    /** Wants another proof for the current user when the one in use nears its end; returns the time until then. */
    long renewAhead(ProofStore store, ProofDemands demands, Owner current, ServerClock clock) {
        OwnerProofs theirs = store.find(current);
        if (theirs == null || !canHelp(current, current)) {
            return Alarm.NEVER;
        }
        long wait = theirs.untilRefresh(current, clock, Alarm.NEVER);
        ProofDemand demand = demands.of(current);
        if (wait == 0 && demand.wanted() == null) {
            demand.want(Cause.EXPIRING);
        }
        return wait == 0 ? Alarm.NEVER : wait;
    }

    /** The call that hangs for too long, which no longer counts; null when there is none. */
    @Nullable
    ProofFetch cutOff(long now) {
        ProofFetch late = fetch;
        if (late == null || untilCutOff(now) > 0) {
            return null;
        }
        end();
        return late;
    }

    boolean isUnderWay() {
        return fetch != null;
    }

    long untilCutOff(long now) {
        return fetch == null ? Alarm.NEVER : fetch.startedElapsed + CUT_OFF_MILLIS - now;
    }

    /** Whether this call still counts; it is over. */
    boolean land(ProofFetch landed) {
        boolean counts = fetch == landed;
        if (counts) {
            fetch = null;
        }
        return counts;
    }

    /** Gives up the call that is under way; what it still delivers no longer counts. */
    void end() {
        ProofFetch ended = fetch;
        fetch = null;
        if (ended != null) {
            ended.cancel();
        }
    }

    private void launch(Owner owner, Cause cause, long now, List<Runnable> outside) {
        if (provider != null) {
            ProofFetch launched = new ProofFetch(owner, cause, now, provider, landing);
            fetch = launched;
            outside.add(() -> launched.start(executor, landing));
        }
    }
}
