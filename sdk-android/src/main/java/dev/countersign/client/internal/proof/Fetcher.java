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
final class Fetcher {
    private static final long CUT_OFF_MILLIS = 30_000;

    private final @Nullable ProofProvider provider;
    private final Executor executor;
    private final ProofReports reports;
    private final Flight.Landing landing;
    private final FetchBudget budget;
    private @Nullable Flight flight;

    Fetcher(
            @Nullable ProofProvider provider,
            Executor executor,
            ProofReports reports,
            Flight.Landing landing,
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
    long ask(Askings askings, Owner current, long now, List<Runnable> outside) {
        long wait = Alarm.NEVER;
        for (Asking asking : askings.wanted()) {
            Cause cause = asking.wanted();
            if (cause == null) {
                continue;
            }
            if (!canHelp(asking.owner(), current)) {
                if (asking.shouldReportNeed()) {
                    outside.add(() -> reports.proofNeeded(asking.owner(), cause));
                }
            } else if (flight == null) {
                // One call for the session's group serves the events without a group too.
                Owner owner = asking.owner().groupId() == null ? current : asking.owner();
                long hold = Math.max(asking.hold(now), askings.of(owner).hold(now));
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
    long renewAhead(Wallets wallets, Askings askings, Owner current, ServerClock clock) {
        Wallet wallet = wallets.find(current);
        if (wallet == null || !canHelp(current, current)) {
            return Alarm.NEVER;
        }
        long wait = wallet.untilRefresh(current, clock, Alarm.NEVER);
        Asking asking = askings.of(current);
        if (wait == 0 && asking.wanted() == null) {
            asking.want(Cause.EXPIRING);
        }
        return wait == 0 ? Alarm.NEVER : wait;
    }

    /** The call that hangs for too long, which no longer counts; null when there is none. */
    @Nullable
    Flight cutOff(long now) {
        Flight late = flight;
        if (late == null || untilCutOff(now) > 0) {
            return null;
        }
        end();
        return late;
    }

    boolean isUnderWay() {
        return flight != null;
    }

    long untilCutOff(long now) {
        return flight == null ? Alarm.NEVER : flight.startedElapsed + CUT_OFF_MILLIS - now;
    }

    /** Whether this call still counts; it is over. */
    boolean land(Flight landed) {
        boolean counts = flight == landed;
        if (counts) {
            flight = null;
        }
        return counts;
    }

    /** Gives up the call that is under way; what it still delivers no longer counts. */
    void end() {
        Flight ended = flight;
        flight = null;
        if (ended != null) {
            ended.cancel();
        }
    }

    private void launch(Owner owner, Cause cause, long now, List<Runnable> outside) {
        if (provider != null) {
            Flight launched = new Flight(owner, cause, now, provider, landing);
            flight = launched;
            outside.add(() -> launched.start(executor, landing));
        }
    }
}
