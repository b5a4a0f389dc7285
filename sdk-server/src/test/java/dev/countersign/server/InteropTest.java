package dev.countersign.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.jwt.IdentityClaims;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens signed here verify with the usual libraries, and theirs verify here. */
@Tag("R1")
class InteropTest {
    private static final String USER = "user-\u00E9 \uD83D\uDD11 \"</script>";
    private static final String SECRET = Secret.generateText();
    private static final byte[] KEY = SECRET.getBytes(UTF_8);
    private static final KeySource KEYS =
            KeySource.of(KeyRing.of(1, List.of(SigningKey.of("2026-11", Secret.of(SECRET), KeyStatus.PRIMARY))));

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Date expiry = Date.from(now.plusSeconds(600));
    private final JwtVerifier verifier = JwtVerifier.create("env_test", KEYS);
    private final SignedProof proof = JwtSigner.create("env_test", KEYS)
            .sign(IdentityClaims.user(USER).role("admin").account("acme").build());

    @Test
    void aTokenSignedHere_verifiesWithNimbus() throws Exception {
        SignedJWT jwt = SignedJWT.parse(proof.value());
        assertTrue(jwt.verify(new MACVerifier(KEY)));
        assertFalse(jwt.verify(new MACVerifier(Secret.generateText())));
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        assertEquals("2026-11", jwt.getHeader().getKeyID());
        assertEquals(USER, claims.getSubject());
        assertEquals(List.of("env_test"), claims.getAudience());
        assertEquals(Date.from(proof.expiresAt()), claims.getExpirationTime());
        assertEquals(Map.of("id", USER, "role", "admin"), claims.getJSONObjectClaim("visitor"));
    }

    @Test
    void aTokenSignedHere_verifiesWithJjwt() {
        Jws<Claims> jws = Jwts.parser()
                .verifyWith(Keys.hmacShaKeyFor(KEY))
                .requireAudience("env_test")
                .build()
                .parseSignedClaims(proof.value());
        assertEquals("2026-11", jws.getHeader().getKeyId());
        assertEquals(USER, jws.getPayload().getSubject());
        assertEquals(Date.from(proof.expiresAt()), jws.getPayload().getExpiration());
        assertEquals(Map.of("id", "acme"), jws.getPayload().get("account"));
    }

    @Test
    void aTokenSignedHere_verifiesWithJavaJwt() {
        DecodedJWT jwt = JWT.require(Algorithm.HMAC256(KEY))
                .withAudience("env_test")
                .withSubject(USER)
                .build()
                .verify(proof.value());
        assertEquals("2026-11", jwt.getKeyId());
        assertEquals(proof.expiresAt(), jwt.getExpiresAtAsInstant());
        assertEquals(
                Map.of("id", USER, "role", "admin"), jwt.getClaim("visitor").asMap());
    }

    @Test
    @Tag("R4")
    void aTokenSignedWithNimbus_verifiesHere() throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(USER)
                .audience("env_test")
                .issueTime(Date.from(now))
                .expirationTime(expiry)
                .claim("nonce", "n1")
                .claim("visitor", Map.of("id", USER))
                .claim("account", Map.of("id", "acme"))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("2026-11").build(), claims);
        jwt.sign(new MACSigner(KEY));
        assertProves(jwt.serialize());
    }

    @Test
    void aTokenSignedWithJjwt_verifiesHere() throws VerificationException {
        SecretKey key = Keys.hmacShaKeyFor(KEY);
        assertProves(Jwts.builder()
                .header()
                .keyId("2026-11")
                .and()
                .subject(USER)
                .audience()
                .add("env_test")
                .and()
                .issuedAt(Date.from(now))
                .expiration(expiry)
                .claim("nonce", "n1")
                .claim("visitor", Map.of("id", USER))
                .claim("account", Map.of("id", "acme"))
                .signWith(key, Jwts.SIG.HS256)
                .compact());
    }

    @Test
    void aTokenSignedWithJavaJwt_verifiesHere() throws VerificationException {
        assertProves(JWT.create()
                .withKeyId("2026-11")
                .withSubject(USER)
                .withAudience("env_test", "env_other")
                .withIssuedAt(now)
                .withExpiresAt(expiry)
                .withClaim("nonce", "n1")
                .withClaim("visitor", Map.of("id", USER))
                .withClaim("account", Map.of("id", "acme"))
                .sign(Algorithm.HMAC256(KEY)));
    }

    private void assertProves(String jwt) throws VerificationException {
        VerifiedIdentity identity = verifier.verify(jwt, "2026-11");
        assertEquals(USER, identity.userId());
        assertEquals("acme", identity.groupId());
        assertEquals(expiry.toInstant(), identity.expiresAt());
    }
}
