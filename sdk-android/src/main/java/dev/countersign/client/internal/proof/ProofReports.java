package dev.countersign.client.internal.proof;

import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.internal.session.Owner;

/** Hears what the app should know about proofs. Called without a lock. */
public interface ProofReports {

    /** This owner's events wait for a proof that cannot be fetched. */
    void proofNeeded(Owner owner, Cause cause);

    /** The provider gave no usable proof, for this reason. */
    void proofFailed(Owner owner, Cause cause, String why);
}
