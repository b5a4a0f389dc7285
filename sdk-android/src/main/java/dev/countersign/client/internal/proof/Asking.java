package dev.countersign.client.internal.proof;

import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.internal.session.Owner;
import dev.countersign.client.internal.support.Backoff;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How it stands with one owner's proof: what was refused, and when the provider may be asked. Guarded by the keeper's lock. */
final class Asking {
    /**
     * After this long an identical proof may be tried once more. An HMAC never changes while its key does not, and the
     * collector may only have learned of the key too late.
     */
    static final long REFUSAL_MEMORY_MILLIS = 15 * 60_000;

    private static final int MOST_REFUSED = 8;

    final Owner owner;
    private final Map<Credentials, Long> refused = new LinkedHashMap<>();
    /** Failed fetches and refused proofs since the last accepted one. */
    private int troubles;
    /** Why a proof is wanted; null while none is. */
    @Nullable
    Cause wanted;
    /** Whether the app was told that only it can help. */
    boolean needReported;

    long notBefore = Long.MIN_VALUE;

    Asking(Owner owner) {
        this.owner = owner;
    }

    boolean isRefused(Credentials credentials, long nowElapsed) {
        Long since = refused.get(credentials);
        return since != null && nowElapsed - since < REFUSAL_MEMORY_MILLIS;
    }

    /** Remembers a refused proof. */
    void remember(Credentials credentials, long nowElapsed) {
        refused.remove(credentials);
        refused.put(credentials, nowElapsed);
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

    void fail(long nowElapsed, double random) {
        troubles++;
        notBefore = nowElapsed + Backoff.millis(troubles, random);
    }

    void accept() {
        troubles = 0;
        wanted = null;
        needReported = false;
        refused.clear();
    }
}
