package dev.countersign.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.google.crypto.tink.jwt.JwtMac;
import com.google.crypto.tink.jwt.JwtValidator;
import com.google.crypto.tink.jwt.VerifiedJwt;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.jwt.JwtVerifier;
import io.fusionauth.jwt.JWTDecoder;
import io.fusionauth.jwt.Verifier;
import io.fusionauth.jwt.hmac.HMACVerifier;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A genuine token of {@link JwtSign} to its claims: signature, expiry and audience are checked. */
@State(Scope.Thread)
public class JwtVerify {
    private static final int LEEWAY_SECONDS = 60;

    private final byte[] secret = Samples.secret();
    private final String[] tokens = newTokens();
    private int at;

    private final JwtVerifier verifier = JwtVerifier.create(Samples.AUDIENCE, Samples.refreshingKeys());
    private final TwoDigests twoDigests = new TwoDigests(secret);
    private final JWTDecoder fusionDecoder =
            io.fusionauth.jwt.domain.JWT.getDecoder().withClockSkew(LEEWAY_SECONDS);
    private final Verifier fusionVerifier = HMACVerifier.newVerifier(secret);
    private final JWTVerifier auth0Verifier = JWT.require(Algorithm.HMAC256(secret))
            .withAudience(Samples.AUDIENCE)
            .acceptLeeway(LEEWAY_SECONDS)
            .build();
    private final JWSVerifier nimbusVerifier = newNimbusVerifier();
    private final DefaultJWTClaimsVerifier<SecurityContext> nimbusClaims =
            new DefaultJWTClaimsVerifier<>(Samples.AUDIENCE, null, Set.of("exp"));
    private final JwtParser jjwtParser = Jwts.parser()
            .verifyWith(Keys.hmacShaKeyFor(secret))
            .requireAudience(Samples.AUDIENCE)
            .clockSkewSeconds(LEEWAY_SECONDS)
            .build();
    private final JwtConsumer jose4jConsumer = new JwtConsumerBuilder()
            .setVerificationKey(new HmacKey(secret))
            .setJwsAlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
            .setExpectedAudience(Samples.AUDIENCE)
            .setRequireExpirationTime()
            .setAllowedClockSkewInSeconds(LEEWAY_SECONDS)
            .build();
    private final JwtMac tinkMac = TinkJwt.newMac(secret);
    private final JwtValidator tinkValidator = JwtValidator.newBuilder()
            .expectTypeHeader("JWT")
            .expectAudience(Samples.AUDIENCE)
            .setClockSkew(Duration.ofSeconds(LEEWAY_SECONDS))
            .build();

    /** With keys that refresh, and the system's clock. */
    @Benchmark
    public VerifiedIdentity countersign() throws VerificationException {
        return verifier.verify(next(), Samples.KEY_ID);
    }

    /** HMAC and its Base64 alone: the claims are not even decoded. */
    @Benchmark
    public byte[] limit() {
        byte[] token = next().getBytes(ISO_8859_1);
        int payloadEnd = token.length - 44;
        byte[] mac = Base64.getUrlDecoder().decode(Arrays.copyOfRange(token, payloadEnd + 1, token.length));
        if (!MessageDigest.isEqual(mac, twoDigests.mac(token, payloadEnd))) {
            throw new IllegalStateException("refused");
        }
        return mac;
    }

    @Benchmark
    public @Nullable Object fusionauthJwt() {
        io.fusionauth.jwt.domain.JWT jwt = fusionDecoder.decode(next(), fusionVerifier);
        if (!Samples.AUDIENCE.equals(jwt.audience)) {
            throw new IllegalStateException("audience");
        }
        return jwt.getMap("visitor");
    }

    @Benchmark
    public @Nullable Object javaJwt() {
        DecodedJWT jwt = auth0Verifier.verify(next());
        return jwt.getClaim("visitor").asMap();
    }

    @Benchmark
    public @Nullable Object nimbus() throws ParseException, JOSEException, BadJOSEException {
        SignedJWT jwt = SignedJWT.parse(next());
        if (!jwt.verify(nimbusVerifier)) {
            throw new IllegalStateException("refused");
        }
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        nimbusClaims.verify(claims, null);
        return claims.getJSONObjectClaim("visitor");
    }

    @Benchmark
    public @Nullable Object jjwt() {
        Claims claims = jjwtParser.parseSignedClaims(next()).getPayload();
        return claims.get("visitor");
    }

    @Benchmark
    public @Nullable Object jose4j() throws InvalidJwtException {
        JwtClaims claims = jose4jConsumer.processToClaims(next());
        return claims.getClaimValue("visitor");
    }

    /** Tink hands objects out as JSON text only: the visitor is left inside. */
    @Benchmark
    public VerifiedJwt tink() throws GeneralSecurityException {
        return tinkMac.verifyMacAndDecode(next(), tinkValidator);
    }

    private static String[] newTokens() {
        JwtSigner signer = JwtSigner.builder(Samples.fixedKeys())
                .audience(Samples.AUDIENCE)
                .expiresAfter(Duration.ofHours(24))
                .build();
        return Arrays.stream(Samples.users())
                .map(user -> signer.sign(JwtSign.claims(user)).value())
                .toArray(String[]::new);
    }

    private MACVerifier newNimbusVerifier() {
        try {
            return new MACVerifier(secret);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String next() {
        return tokens[at++ & (Samples.COUNT - 1)];
    }
}
