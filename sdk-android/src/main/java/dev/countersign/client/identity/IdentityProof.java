package dev.countersign.client.identity;

import dev.countersign.client.internal.support.Guard;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the back end signed for one user or group: it shows the collector that an event comes from them. Immutable. The
 * value prints nowhere: {@link #toString} tells the form only.
 *
 * <p>Two proofs are equal when their values and key names are.
 */
public final class IdentityProof {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=");
    private static final Pattern TOKEN = Pattern.compile("hmac_v1:[0-9a-f]{64}");
    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final String FIELD = "proof";

    private final String value;
    private final @Nullable String signingKeyName;
    private final @Nullable JwtClaims claims;

    private IdentityProof(String value, @Nullable String signingKeyName, @Nullable JwtClaims claims) {
        this.value = value;
        this.signingKeyName = signingKeyName;
        this.claims = claims;
    }

    /**
     * A bare HMAC-SHA256 of the id: 64 lower-case hex digits (as Userflow's {@code signature}) or 44 characters of
     * padded Base64 (as NotificationAPI's {@code userIdHash}).
     *
     * @throws IllegalArgumentException when it has another shape
     */
    public static IdentityProof signature(String hexOrBase64) {
        Guard.notSecret(FIELD, hexOrBase64);
        if (!HEX.matcher(hexOrBase64).matches() && !BASE64.matcher(hexOrBase64).matches()) {
            throw shape(hexOrBase64, "64 lower-case hex digits or 44 characters of padded Base64");
        }
        return new IdentityProof(hexOrBase64, null, null);
    }

    /**
     * A prefixed HMAC: {@code hmac_v1:} and 64 lower-case hex digits (as Sendora's {@code identityToken}).
     *
     * @throws IllegalArgumentException when it has another shape
     */
    public static IdentityProof token(String token) {
        Guard.notSecret(FIELD, token);
        if (!TOKEN.matcher(token).matches()) {
            throw shape(token, "hmac_v1: and 64 lower-case hex digits");
        }
        return new IdentityProof(token, null, null);
    }

    /**
     * A JWT signed with HS256, with the name of its signing key where the platform wants it beside the token (as Pendo
     * does). Its claims are read, not verified: the collector does that.
     *
     * @param jwt three Base64url parts, at most 8 KiB
     * @param signingKeyName 1 to 128 of {@code A-Z a-z 0-9 . _ : -}, or null when the token's header names the key
     * @throws IllegalArgumentException when it is no such token
     */
    public static IdentityProof jwt(String jwt, @Nullable String signingKeyName) {
        Guard.notSecret(FIELD, jwt);
        return new IdentityProof(jwt, keyName(signingKeyName), JwtClaims.read(jwt));
    }

    /** The proof in whichever of the three forms it has. */
    static IdentityProof ofAnyForm(String value, @Nullable String signingKeyName) {
        IdentityProof proof =
                value.indexOf('.') >= 0 ? jwt(value, null) : value.indexOf(':') >= 0 ? token(value) : signature(value);
        return proof.withKeyName(signingKeyName);
    }

    /** The same proof with the name of the key that signed it, which spares the collector from trying its keys. */
    public IdentityProof withKeyName(@Nullable String signingKeyName) {
        return new IdentityProof(value, keyName(signingKeyName), claims);
    }

    /** The proof as it goes over the wire. Sensitive: never print it. */
    public String value() {
        return value;
    }

    /** The name of the key that signed this, or null when it is not known. */
    public @Nullable String signingKeyName() {
        return signingKeyName;
    }

    /** Whether this is a JWT. */
    public boolean isJwt() {
        return claims != null;
    }

    /** The user that a JWT names; null when it names none, and for the other forms, which do not tell. */
    public @Nullable String userId() {
        return claims == null ? null : claims.userId;
    }

    /** The group (account) that a JWT names; null when it names none, and for the other forms. */
    public @Nullable String groupId() {
        return claims == null ? null : claims.groupId;
    }

    /** When a JWT expires, in epoch milliseconds; 0 when it does not, and for the other forms, which do not tell. */
    public long expiresAt() {
        return claims == null ? 0 : claims.expiresAt;
    }

    /**
     * Checks that this can be the proof of {@code userId}; only a JWT tells.
     *
     * @throws IllegalArgumentException when it is a JWT that names another user, or none
     */
    public void requireUser(String userId) {
        if (claims != null && !userId.equals(claims.userId)) {
            throw new IllegalArgumentException("proof: the JWT names "
                    + (claims.userId == null ? "no user" : "another user") + ", allowed is one that names userId");
        }
    }

    /**
     * Checks that this can be the proof of {@code groupId}; only a JWT tells.
     *
     * @throws IllegalArgumentException when it is a JWT whose account is another one, or none
     */
    public void requireGroup(String groupId) {
        if (claims != null && !groupId.equals(claims.groupId)) {
            throw new IllegalArgumentException("proof: the JWT names "
                    + (claims.groupId == null ? "no account" : "another account")
                    + ", allowed is one whose account is groupId");
        }
    }

    /**
     * Checks that this can be the proof of a group that {@code userId} acts for; only a JWT tells.
     *
     * @param userId null for an anonymous visitor
     * @throws IllegalArgumentException when it is a JWT that names another user
     */
    public void requireNobodyElse(@Nullable String userId) {
        if (userId() != null && !userId().equals(userId)) {
            throw new IllegalArgumentException(
                    "proof: the JWT names another user, allowed is the group member's or none");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IdentityProof
                && value.equals(((IdentityProof) other).value)
                && Objects.equals(signingKeyName, ((IdentityProof) other).signingKeyName);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return claims == null ? "IdentityProof(signature)" : "IdentityProof(jwt)";
    }

    private static @Nullable String keyName(@Nullable String name) {
        if (name == null) {
            return null;
        }
        Guard.notSecret("signingKeyName", name);
        if (!KEY_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "signingKeyName: " + name.length() + " characters, allowed are 1 to 128 of A-Z a-z 0-9 . _ : -");
        }
        return name;
    }

    private static IllegalArgumentException shape(String actual, String allowed) {
        return new IllegalArgumentException(FIELD + ": " + actual.length() + " characters, allowed is " + allowed);
    }
}
