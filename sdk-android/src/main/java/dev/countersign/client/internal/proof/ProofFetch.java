package dev.countersign.client.internal.proof;

import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofProvider;
import dev.countersign.client.identity.ProofRequest;
import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.internal.session.Owner;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One call of the provider. */
final class ProofFetch {
    final Owner owner;
    final Cause cause;
    final long startedElapsed;
    private final FutureTask<Void> task;

    /** Prepares the call; {@code landing} hears how it ended, once, on the thread that made it. */
    ProofFetch(Owner owner, Cause cause, long startedElapsed, ProofProvider provider, Landing landing) {
        this.owner = owner;
        this.cause = cause;
        this.startedElapsed = startedElapsed;
        this.task = new FutureTask<>(() -> call(provider, landing), null);
    }

    /** Starts it; a provider that hangs in every thread there is counts as a failed one. */
    void start(Executor executor, Landing landing) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            landing.landed(this, null, "earlier calls of the provider still hang");
        }
    }

    /** Interrupts the call; what it still delivers no longer counts. */
    void cancel() {
        task.cancel(true);
    }

    private void call(ProofProvider provider, Landing landing) {
        IssuedProof issued;
        try {
            issued = provider.fetch(new ProofRequest(owner.id(), owner.groupId(), cause));
        } catch (Throwable e) { // the user's code: whatever it throws is a failed fetch
            // The class only: a message may quote the proof.
            landing.landed(this, null, "the provider threw " + e.getClass().getName());
            return;
        }
        landing.landed(this, issued, issued == null ? "nobody is logged in" : "");
    }

    /** Hears how a fetch ended. */
    interface Landing {
        void landed(ProofFetch fetch, @Nullable IssuedProof issued, String failure);
    }
}
