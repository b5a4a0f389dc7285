package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.access.AuditLog;
import dev.countersign.samples.collector.access.Caller;
import dev.countersign.samples.collector.access.RateLimit;
import dev.countersign.samples.collector.environment.Environment;
import dev.countersign.samples.collector.environment.EnvironmentStore;
import dev.countersign.samples.collector.environment.KeyStore;
import dev.countersign.samples.collector.environment.ProofForm;
import dev.countersign.samples.collector.http.ApiException;
import dev.countersign.server.diagnosis.Diagnosis;
import dev.countersign.server.diagnosis.ProofDiagnosis;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import io.micronaut.http.HttpStatus;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Says why a proof fails. For administrators, so many times a minute, and every time in the audit log: it would tell a
 * forger how close a guess is. Thread-safe; blocks for I/O.
 */
public final class Diagnoses {
    private final EnvironmentStore environments;
    private final KeyStore keys;
    private final AuditLog audit;
    private final RateLimit limit;
    private final Clock clock;

    /**
     * Diagnoses.
     *
     * @param limit how often each credential may ask
     */
    public Diagnoses(EnvironmentStore environments, KeyStore keys, AuditLog audit, RateLimit limit, Clock clock) {
        this.environments = environments;
        this.keys = keys;
        this.audit = audit;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * A proof to look at.
     *
     * @param id the id that it should be of
     * @param proof as the client sent it
     * @param signingKeyName the key named beside it, or null
     * @param isGroup whether the id is a group's
     * @param email the user's e-mail address, which is at times signed in place of the id; or null
     */
    public record Question(
            String id,
            String proof,
            @Nullable String signingKeyName,
            boolean isGroup,
            @Nullable String email) {
        /** Redacted. */
        @Override
        public String toString() {
            return "Question[]";
        }
    }

    /** Why the proof fails; that it is valid is an answer too. */
    public Diagnosis of(Caller caller, Environment environment, Question question) {
        if (!limit.allows(caller.credentialId())) {
            throw new ApiException(
                    HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_DIAGNOSES", "wait a minute before the next diagnosis");
        }
        String ring = question.isGroup ? environment.groupRing() : environment.userRing();
        KeyRing own = keys.ring(ring)
                .orElseThrow(() -> new ApiException(
                        HttpStatus.CONFLICT, "NO_KEYS", "the environment has no key to check a proof with"));
        ProofDiagnosis.Builder builder = ProofDiagnosis.builder(own);
        keys.revokedSecrets(ring).forEach(builder::revokedSecret);
        for (Environment other : environments.list()) {
            boolean sibling = other.application().equals(environment.application())
                    && !other.id().equals(environment.id());
            if (sibling) {
                keys.ring(question.isGroup ? other.groupRing() : other.userRing())
                        .ifPresent(theirs -> builder.otherEnvironment(other.name(), theirs));
            }
        }
        if (question.email != null && !question.email.isEmpty()) {
            builder.email(question.email);
        }
        Diagnosis diagnosis = ask(builder.build(), environment, question);
        audit.add(caller, "proof.diagnose", environment.id(), diagnosis.cause().name());
        return diagnosis;
    }

    private Diagnosis ask(ProofDiagnosis diagnosis, Environment environment, Question question) {
        String keyName =
                question.signingKeyName == null || question.signingKeyName.isEmpty() ? null : question.signingKeyName;
        if (environment.form() == ProofForm.JWT) {
            return diagnosis.ofJwt(source -> verifier(environment, source), question.proof, keyName);
        }
        HmacFormat format = switch (environment.form()) {
            case HMAC_BASE64 -> HmacFormat.BASE64;
            case HMAC_V1 -> HmacFormat.HMAC_V1;
            default -> HmacFormat.HEX;
        };
        return diagnosis.ofHmac(format, question.id, question.proof, keyName);
    }

    private JwtVerifier verifier(Environment environment, KeySource source) {
        JwtVerifier.Builder builder = JwtVerifier.builder(source).clock(clock);
        return (environment.profile().hasAudience() ? builder.audience(environment.id()) : builder.anyAudience())
                .build();
    }
}
