package dev.countersign.client.identity;

import org.jspecify.annotations.Nullable;

/**
 * Fetches a proof from the app's own back end. Called on a thread of its own, one call per user and group at a time, and
 * may block; after 30 seconds the thread is interrupted and the answer no longer counts.
 */
public interface ProofProvider {

    /**
     * Returns a fresh proof of {@code request.userId()}, or null when nobody is logged in. A proof of another user is
     * discarded; after null or an exception the client asks again later, and the user's events wait.
     */
    @Nullable
    IssuedProof fetch(ProofRequest request) throws Exception;
}
