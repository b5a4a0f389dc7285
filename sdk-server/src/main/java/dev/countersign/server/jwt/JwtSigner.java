package dev.countersign.server.jwt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.internal.Ids;
import dev.countersign.server.internal.JsonWriter;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeysUnavailableException;
import dev.countersign.server.key.SigningKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Signs claims as a compact JWS with HS256 (RFC 7515, RFC 7519), with the ring's primary key. Immutable and
 * thread-safe, without locks.
 *
 * <p><b>Sign only the id of the user who is logged in</b>, taken from the session, never an id that the request
 * carries.
 *
 * <pre>{@code
 * JwtSigner signer = JwtSigner.create("env_acme_production", keys);
 * SignedProof proof = signer.sign(IdentityClaims.user(loggedInUser.id()).account(loggedInUser.companyId()).build());
 * }</pre>
 *
 * Header: {@code alg}, {@code typ}, {@code kid}. Payload: {@code sub} (not for an anonymous visitor), {@code aud},
 * {@code iat} (5 s early, for clocks that are behind), {@code exp}, a fresh {@code nonce}, {@code visitor} and {@code
 * account}. {@link Builder#metadataOnly} leaves out what Pendo's signed metadata does not have.
 */
public final class JwtSigner {
    private static final Duration MAX_LIFETIME = Duration.ofHours(24);
    private static final long BACKDATED_SECONDS = 5;

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** What is the same in all tokens of a key: the header in base64url, and the dot behind it. */
    private static final class Header {
        final SigningKey key;
        final byte[] dotted;

        Header(SigningKey key, byte[] dotted) {
            this.key = key;
            this.dotted = dotted;
        }
    }

    /** What is the same in all tokens of a second: the members from {@code aud} to the nonce's opening quote. */
    private static final class Moment {
        final long second;
        final Instant expiresAt;
        final byte[] members;

        Moment(long second, Instant expiresAt, byte[] members) {
            this.second = second;
            this.expiresAt = expiresAt;
            this.members = members;
        }
    }

    private final KeySource keys;
    private final @Nullable String audience;
    private final Duration lifetime;
    private final boolean metadataOnly;
    private final Clock clock;
    private final Nonces nonces;
    private volatile @Nullable Header header;
    private volatile @Nullable Moment moment;

    private JwtSigner(Builder builder) {
        keys = builder.keys;
        audience = builder.audience;
        lifetime = builder.lifetime;
        metadataOnly = builder.metadataOnly;
        clock = builder.clock;
        nonces = new Nonces(new SecureRandom());
    }

    /**
     * A signer of tokens that live for an hour.
     *
     * @param audience the environment that the tokens are for
     */
    public static JwtSigner create(String audience, KeySource keys) {
        return builder(keys).audience(audience).build();
    }

    /** A signer with options. */
    public static Builder builder(KeySource keys) {
        return new Builder(keys);
    }

    /**
     * A token with these claims.
     *
     * @throws IllegalArgumentException when the token would be larger than 8 KiB
     * @throws KeysUnavailableException when there is no ring that may be trusted
     */
    public SignedProof sign(IdentityClaims claims) {
        SigningKey key = keys.signingKey();
        Moment now = now();
        byte[] dottedHeader = dottedHeader(key);
        byte[] payload = payload(claims, now.members);
        int encodedLength = (4 * payload.length + 2) / 3;
        int signedLength = dottedHeader.length + encodedLength;
        int length = signedLength + 1 + Jws.MAC_LENGTH;
        if (length > Jws.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the claims make a token of " + length + " characters; verifiers allow at most " + Jws.MAX_LENGTH);
        }
        byte[] token = new byte[length];
        // The encoder writes to the start of an array only.
        BASE64.encode(payload, token);
        System.arraycopy(token, 0, token, dottedHeader.length, encodedLength);
        System.arraycopy(dottedHeader, 0, token, 0, dottedHeader.length);
        byte[] mac = BASE64.encode(key.secret().hmacSha256(token, signedLength));
        token[signedLength] = '.';
        System.arraycopy(mac, 0, token, signedLength + 1, mac.length);
        keys.used(key.id());
        return new SignedProof(new String(token, ISO_8859_1), key.id(), now.expiresAt);
    }

    private byte[] dottedHeader(SigningKey key) {
        Header latest = header;
        if (latest == null || latest.key != key) {
            JsonWriter json = new JsonWriter(64).ascii("{\"alg\":\"HS256\",\"typ\":\"JWT\"");
            if (!metadataOnly) {
                json.ascii(",\"kid\":").string(key.id());
            }
            String dotted = BASE64.encodeToString(json.ascii("}").toByteArray()) + ".";
            latest = new Header(key, dotted.getBytes(ISO_8859_1));
            header = latest;
        }
        return latest.dotted;
    }

    private Moment now() {
        long second = Math.floorDiv(clock.millis(), 1000);
        Moment latest = moment;
        if (latest == null || latest.second != second) {
            Instant expiresAt = Instant.ofEpochSecond(second).plusSeconds(lifetime.toSeconds());
            JsonWriter json = new JsonWriter(128);
            if (audience != null) {
                json.ascii("\"aud\":").string(audience);
                json.ascii(",\"iat\":").ascii(Long.toString(second - BACKDATED_SECONDS));
                json.ascii(",\"exp\":").ascii(Long.toString(expiresAt.getEpochSecond()));
                json.ascii(",");
            }
            latest = new Moment(second, expiresAt, json.ascii("\"nonce\":\"").toByteArray());
            moment = latest;
        }
        return latest;
    }

    private byte[] payload(IdentityClaims claims, byte[] membersOfNow) {
        String userId = metadataOnly ? null : claims.userId();
        int idLength = userId == null ? 0 : userId.length();
        JsonWriter json = new JsonWriter(
                        48 + idLength + membersOfNow.length + claims.members().length())
                .ascii("{");
        if (userId != null) {
            json.ascii("\"sub\":").string(userId).ascii(",");
        }
        nonces.writeTo(json.raw(membersOfNow));
        return json.ascii("\",").raw(claims.members()).ascii("}").toByteArray();
    }

    /** Builds a {@link JwtSigner}. Not thread-safe. */
    public static final class Builder {
        private final KeySource keys;
        private @Nullable String audience;
        private @Nullable Duration chosenLifetime;
        private Duration lifetime = Duration.ofHours(1);
        private boolean longLived;
        private boolean metadataOnly;
        private Clock clock = Clock.systemUTC();

        private Builder(KeySource keys) {
            this.keys = keys;
        }

        /** The environment that the tokens are for, {@code aud}: required, save for {@link #metadataOnly}. */
        public Builder audience(String environment) {
            this.audience = environment;
            return this;
        }

        /** How long a token lives: 1 hour unless set (15 minutes for {@link #metadataOnly}), whole seconds. */
        public Builder expiresAfter(Duration tokenLifetime) {
            this.chosenLifetime = tokenLifetime;
            return this;
        }

        /** Allows {@link #expiresAfter} above 24 hours. Whoever steals such a token keeps it for as long. */
        public Builder allowLongLived() {
            this.longLived = true;
            return this;
        }

        /**
         * Leaves {@code sub aud iat exp} and the header's {@code kid} out, for a platform that wants {@code visitor},
         * {@code account} and {@code nonce} alone and the key's name beside the token (Pendo). Such a token does not
         * expire; {@link SignedProof#expiresAt} still tells clients when to replace it.
         */
        public Builder metadataOnly() {
            this.metadataOnly = true;
            return this;
        }

        /** The clock that {@code iat} and {@code exp} count from: the system's unless set. */
        public Builder clock(Clock tokenClock) {
            this.clock = tokenClock;
            return this;
        }

        /**
         * The signer.
         *
         * @throws IllegalArgumentException when the audience is missing, empty or at odds with metadataOnly, or the
         *     lifetime is below 1 s, or above 24 h and not allowed to be
         */
        public JwtSigner build() {
            if (metadataOnly == (audience != null)) {
                throw new IllegalArgumentException(
                        metadataOnly
                                ? "audience is set; with metadataOnly there is none"
                                : "audience is missing; allowed is the environment's name");
            }
            if (audience != null && (audience.isEmpty() || Ids.hasLoneSurrogate(audience))) {
                throw new IllegalArgumentException("audience is empty or has a lone surrogate");
            }
            lifetime = chosenLifetime != null ? chosenLifetime : metadataOnly ? Duration.ofMinutes(15) : lifetime;
            if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || (lifetime.compareTo(MAX_LIFETIME) > 0 && !longLived)) {
                throw new IllegalArgumentException(
                        "expiresAfter is " + lifetime + "; allowed are PT1S to PT24H (more with allowLongLived)");
            }
            return new JwtSigner(this);
        }
    }
}
