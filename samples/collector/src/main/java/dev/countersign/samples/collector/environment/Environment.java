package dev.countersign.samples.collector.environment;

import dev.countersign.server.enforcement.EnforcementPolicy;

/**
 * One environment of one application (production, staging, …): it has its own events, keys and enforcement.
 *
 * @param id {@code env_…}, also the audience of its JWTs
 * @param name for people
 * @param apiKey {@code pk_…}, public: it says where events go and proves nothing
 * @param form the form of its proofs
 * @param policy its enforcement
 */
public record Environment(String id, String name, String apiKey, ProofForm form, EnforcementPolicy policy) {}
