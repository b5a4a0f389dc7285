package dev.countersign.server.jwt;

import static dev.countersign.server.identity.RejectionReason.MALFORMED;
import static dev.countersign.server.identity.RejectionReason.SUBJECT_MISMATCH;

import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeysUnavailableException;
import dev.countersign.server.key.SigningKey;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Verifies HS256 tokens (RFC 7515, RFC 7519) that {@link JwtSigner}, or any platform's recipe of the same form, has
 * made. Immutable and thread-safe, without locks.
 *
 * <p>The token chooses nothing: the algorithm is HS256, the key is one of this environment's, and the MAC is checked
 * before the payload is read. Refused besides: duplicate members, {@code crit}, {@code b64} and {@code zip}, encodings
 * that are not canonical, and tokens above 8 KiB.
 */
public final class JwtVerifier {
    private final KeySource keys;
    private final ClaimChecks checks;
    private volatile Jws.@Nullable Header header;

    private JwtVerifier(KeySource keys, ClaimChecks checks) {
        this.keys = keys;
        this.checks = checks;
    }

    /**
     * A verifier with a leeway of 60 seconds.
     *
     * @param audience the environment that tokens must be for
     */
    public static JwtVerifier create(String audience, KeySource keys) {
        return builder(keys).audience(audience).build();
    }

    /** A verifier with options. */
    public static Builder builder(KeySource keys) {
        return new Builder(keys);
    }

    /**
     * Verifies a token, whoever it is about.
     *
     * @param jwt as received; null and empty mean that there is none
     * @param signingKeyName the key named beside the token; null when none is. With a {@code kid} in the token the two
     *     must agree. A named key is the only one tried
     * @return what the token proves; no user id for an anonymous visitor
     * @throws VerificationException any reason but {@code SIGNED_NOT_ENABLED}
     * @throws KeysUnavailableException when there is no ring that may be trusted
     */
    public VerifiedIdentity verify(@Nullable String jwt, @Nullable String signingKeyName) throws VerificationException {
        Jws token = Jws.parse(jwt, header);
        String kid = token.kid();
        if (kid != null && signingKeyName != null && !kid.equals(signingKeyName)) {
            throw new VerificationException(
                    MALFORMED, "the token's kid and the signingKeyName beside it name different keys");
        }
        SigningKey key = token.signedBy(keys.verifyingKeys(kid != null ? kid : signingKeyName));
        // Kept once it is proven genuine: what forgers send is read each time.
        if (header != token.header()) {
            header = token.header();
        }
        VerifiedIdentity identity = checks.check(token.claims(), key.id());
        keys.used(key.id());
        return identity;
    }

    /**
     * Verifies a token that must be about this user.
     *
     * @param userId the id that the event claims
     * @throws VerificationException as {@link #verify}; {@code SUBJECT_MISMATCH} when the token is about another user
     *     or about none
     */
    public VerifiedIdentity verifyUser(String userId, @Nullable String jwt, @Nullable String signingKeyName)
            throws VerificationException {
        VerifiedIdentity identity = verify(jwt, signingKeyName);
        if (!userId.equals(identity.userId())) {
            throw VerificationException.ofKey(
                    SUBJECT_MISMATCH, identity.keyId(), "the token is not about the event's userId");
        }
        return identity;
    }

    /**
     * Verifies a token whose account must be this group.
     *
     * @param groupId the id that the event claims
     * @throws VerificationException as {@link #verify}; {@code SUBJECT_MISMATCH} when the token's account is another
     *     group or missing
     */
    public VerifiedIdentity verifyGroup(String groupId, @Nullable String jwt, @Nullable String signingKeyName)
            throws VerificationException {
        VerifiedIdentity identity = verify(jwt, signingKeyName);
        if (!groupId.equals(identity.groupId())) {
            throw VerificationException.ofKey(
                    SUBJECT_MISMATCH, identity.keyId(), "the token's account is not the event's groupId");
        }
        return identity;
    }

    /** Builds a {@link JwtVerifier}. Not thread-safe. */
    public static final class Builder {
        private final KeySource keys;
        private @Nullable String audience;
        private boolean anyAudience;
        private Duration leeway = Duration.ofSeconds(60);
        private Clock clock = Clock.systemUTC();

        private Builder(KeySource keys) {
            this.keys = keys;
        }

        /**
         * The environment that tokens must be for; such tokens must expire as well. This or {@link #anyAudience} must
         * be chosen.
         */
        public Builder audience(String environment) {
            this.audience = environment;
            return this;
        }

        /**
         * Takes tokens for any audience or none, and such as never expire: for forms without {@code aud} and {@code
         * exp}, such as Pendo's.
         */
        public Builder anyAudience() {
            this.anyAudience = true;
            return this;
        }

        /** How far clocks may be apart: 60 s unless set; zero to 10 minutes. */
        public Builder leeway(Duration difference) {
            if (difference.isNegative() || difference.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new IllegalArgumentException("leeway is " + difference + "; allowed are PT0S to PT10M");
            }
            this.leeway = difference;
            return this;
        }

        /** The clock that times are held against: the system's unless set. */
        public Builder clock(Clock verifierClock) {
            this.clock = verifierClock;
            return this;
        }

        /**
         * The verifier.
         *
         * @throws IllegalArgumentException unless either an audience or {@link #anyAudience} was chosen
         */
        public JwtVerifier build() {
            if (anyAudience == (audience != null)) {
                throw new IllegalArgumentException("choose audience(…) or anyAudience(), one of the two");
            }
            return new JwtVerifier(keys, new ClaimChecks(audience, leeway, clock));
        }
    }
}
