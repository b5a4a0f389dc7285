package dev.countersign.server.hmac;

import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.internal.Ids;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeysUnavailableException;
import dev.countersign.server.key.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Signs ids: HMAC-SHA256(secret, UTF-8 of the id), with the ring's primary key. Immutable and thread-safe, without
 * locks.
 *
 * <p><b>Sign only the id of the user who is logged in</b>, taken from the session, never an id that the request
 * carries: an endpoint that signs what it is sent signs for everybody.
 *
 * <pre>{@code
 * HmacSigner signer = HmacSigner.create(HmacFormat.HMAC_V1, keys);
 * SignedProof proof = signer.signUser(loggedInUser.id());
 * }</pre>
 *
 * The proof covers the id exactly as given: no trimming, case folding or Unicode normalisation. User 42's proof is also
 * group 42's, because nothing in these forms tells the two apart; where such ids can be equal, give groups a key of
 * their own ({@link Builder#groupKeys}).
 */
public final class HmacSigner {
    private final HmacFormat format;
    private final KeySource userKeys;
    private final KeySource groupKeys;
    private final long lifetimeMillis;
    private final Clock clock;

    private HmacSigner(Builder builder) {
        format = builder.format;
        userKeys = builder.userKeys;
        groupKeys = builder.groupKeys;
        lifetimeMillis = builder.lifetime.toMillis();
        clock = builder.clock;
    }

    /** A signer whose proofs clients replace after 15 minutes. */
    public static HmacSigner create(HmacFormat format, KeySource keys) {
        return builder(format, keys).build();
    }

    /** A signer with options. */
    public static Builder builder(HmacFormat format, KeySource keys) {
        return new Builder(format, keys);
    }

    /**
     * The proof of a user's id.
     *
     * @param userId the authenticated user, 1 to 256 Unicode code points: exactly what the app gives to identify
     * @throws IllegalArgumentException when the id is empty, too long or has a lone surrogate
     * @throws KeysUnavailableException when there is no ring that may be trusted
     */
    public SignedProof signUser(String userId) {
        return sign("userId", userId, userKeys);
    }

    /** The proof of a numeric user id: signs its decimal form, the text that the app must give to identify. */
    public SignedProof signUser(long userId) {
        return signUser(Long.toString(userId));
    }

    /**
     * The proof of a group's (company's, account's) id. It says nothing about who belongs to the group: hand it only
     * to members, for it cannot be taken back before its key is revoked.
     *
     * @param groupId 1 to 256 Unicode code points
     * @throws IllegalArgumentException when the id is empty, too long or has a lone surrogate
     * @throws KeysUnavailableException when there is no ring that may be trusted
     */
    public SignedProof signGroup(String groupId) {
        return sign("groupId", groupId, groupKeys);
    }

    private SignedProof sign(String field, String id, KeySource keys) {
        byte[] message = Ids.requireUtf8(field, id);
        SigningKey key = keys.signingKey();
        String value = format.encode(key.secret().hmacSha256(message));
        keys.used(key.id());
        return new SignedProof(value, key.id(), Instant.ofEpochMilli(clock.millis() + lifetimeMillis));
    }

    /** Builds a {@link HmacSigner}. Not thread-safe. */
    public static final class Builder {
        private final HmacFormat format;
        private final KeySource userKeys;
        private KeySource groupKeys;
        private Duration lifetime = Duration.ofMinutes(15);
        private Clock clock = Clock.systemUTC();

        private Builder(HmacFormat format, KeySource keys) {
            this.format = format;
            this.userKeys = keys;
            this.groupKeys = keys;
        }

        /**
         * When clients replace a proof: 15 minutes unless set. The value itself never expires; a short time is what
         * makes a key's last proof known when it is to be revoked.
         *
         * @throws IllegalArgumentException when it is not above zero
         */
        public Builder expiresAfter(Duration proofLifetime) {
            if (proofLifetime.isNegative() || proofLifetime.isZero()) {
                throw new IllegalArgumentException("expiresAfter is " + proofLifetime + "; allowed is above zero");
            }
            this.lifetime = proofLifetime;
            return this;
        }

        /** Keys for groups alone: the users' keys unless set. */
        public Builder groupKeys(KeySource keys) {
            this.groupKeys = keys;
            return this;
        }

        /** The clock that {@code expiresAt} counts from: the system's unless set. */
        public Builder clock(Clock proofClock) {
            this.clock = proofClock;
            return this;
        }

        /** The signer. */
        public HmacSigner build() {
            return new HmacSigner(this);
        }
    }
}
