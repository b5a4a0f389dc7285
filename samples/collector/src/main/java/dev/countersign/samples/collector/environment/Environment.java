package dev.countersign.samples.collector.environment;

import dev.countersign.server.enforcement.EnforcementPolicy;

/**
 * One environment of one application (production, staging, …): it has its own events, keys and enforcement.
 *
 * @param id {@code env_…}, also the audience of its JWTs
 * @param application the id of its application
 * @param name for people
 * @param apiKey {@code pk_…}, public: it says where events go and proves nothing
 * @param profile what goes with its scheme
 * @param form the form of its proofs
 * @param groupKeys whether groups have keys of their own, so that user 42's proof is not group 42's
 * @param policy its enforcement
 * @param invalidInOptional what becomes of invalid proofs in OPTIONAL
 */
public record Environment(
        String id,
        String application,
        String name,
        String apiKey,
        Profile profile,
        ProofForm form,
        boolean groupKeys,
        EnforcementPolicy policy,
        InvalidInOptional invalidInOptional) {

    /** The name of the ring that proofs of users are made with. */
    public String userRing() {
        return id;
    }

    /** The name of the ring that proofs of groups are made with. */
    public String groupRing() {
        return groupKeys ? id + "/groups" : id;
    }
}
