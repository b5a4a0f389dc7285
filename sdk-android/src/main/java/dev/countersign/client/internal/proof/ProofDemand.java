package dev.countersign.client.internal.proof;

import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.internal.session.Owner;
import dev.countersign.client.internal.support.Backoff;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How it stands with one owner's proof: what was refused, and when the provider may be asked. Guarded by the keeper's lock. */
final class ProofDemand {
    /**
     * After this long an identical proof may be tried once more. An HMAC never changes while its key does not, and the
     * collector may only have learned of the key too late.
     */
    static final long REFUSAL_MEMORY_MILLIS = 15 * 60_000;

    private static final int MOST_REFUSED = 8;

    private final Owner owner;
    private final Map<ProofPair, Long> refused = new LinkedHashMap<>();
    private @Nullable Cause wanted;
    /** Failed fetches and refused proofs since the last accepted one. */
    private int troubles;

    private long notBefore = Long.MIN_VALUE;
    private boolean needReported;

    ProofDemand(Owner owner) {
        this.owner = owner;
    }

    Owner owner() {
        return owner;
    }

    /** Why a proof is wanted; null while none is. */
    @Nullable
    Cause wanted() {
        return wanted;
    }

    void want(@Nullable Cause cause) {
        wanted = cause;
    }

    /** Milliseconds until the provider may be asked. */
    long hold(long nowElapsed) {
        return notBefore == Long.MIN_VALUE ? 0 : Math.max(0, notBefore - nowElapsed);
    }

    /** True the first time: then the app is told that only it can help. */
    boolean shouldReportNeed() {
        boolean first = !needReported;
        needReported = true;
        return first;
    }

    boolean isRefused(ProofPair pair, long nowElapsed) {
        Long since = refused.get(pair);
        return since != null && nowElapsed - since < REFUSAL_MEMORY_MILLIS;
    }

    /** Whether these were refused, however long ago. */
    boolean wasRefused(ProofPair pair) {
        return refused.containsKey(pair);
    }

    /** Remembers a refused proof. */
    void remember(ProofPair pair, long nowElapsed) {
        refused.remove(pair);
        refused.put(pair, nowElapsed);
        if (refused.size() > MOST_REFUSED) {
            refused.remove(refused.keySet().iterator().next());
        }
    }

    /** The proof in use was refused: after the first time the provider may be asked at once, then ever more rarely. */
    void refuse(long nowElapsed, double random) {
        needReported = false;
        if (troubles++ > 0) {
            notBefore = nowElapsed + Backoff.millis(troubles - 1, random);
        }
    }

    /** The provider gave nothing usable. */
    void fail(long nowElapsed, double random) {
        troubles++;
        notBefore = nowElapsed + Backoff.millis(troubles, random);
    }

    /** The provider may be asked at once; how often it failed stays known. */
    void hasten() {
        notBefore = Long.MIN_VALUE;
    }

    /** The app supplied something: it may be asked and told anew. */
    void supplied() {
        needReported = false;
        notBefore = Long.MIN_VALUE;
    }

    /** The proof in use is good. */
    void accept() {
        troubles = 0;
        notBefore = Long.MIN_VALUE;
        wanted = null;
        needReported = false;
        refused.clear();
    }
}
