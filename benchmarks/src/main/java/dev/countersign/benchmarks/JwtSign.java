package dev.countersign.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.google.crypto.tink.jwt.JwtMac;
import com.google.crypto.tink.jwt.RawJwt;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.jwt.IdentityClaims;
import dev.countersign.server.jwt.JwtSigner;
import io.fusionauth.jwt.JWTEncoder;
import io.fusionauth.jwt.Signer;
import io.fusionauth.jwt.hmac.HMACSigner;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import javax.crypto.SecretKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A user and an account to an HS256 token: {@code sub aud iat exp nonce visitor account}. The peers are given a nonce
 * and Tink its members as JSON; Countersign draws its nonce and writes its members.
 */
@State(Scope.Thread)
public class JwtSign {
    private static final long HOUR_SECONDS = 3600;

    private final Samples.User[] users = Samples.users();
    private final byte[] secret = Samples.secret();
    private int at;

    private final JwtSigner signer = JwtSigner.create(Samples.AUDIENCE, Samples.refreshingKeys());
    private final IdentityClaims[] claims =
            Arrays.stream(users).map(JwtSign::claims).toArray(IdentityClaims[]::new);

    private final TwoDigests twoDigests = new TwoDigests(secret);
    private final byte[][] readyTexts = Arrays.stream(users)
            .map(user -> signedText(user).getBytes(ISO_8859_1))
            .toArray(byte[][]::new);

    private final JWTEncoder fusionEncoder = io.fusionauth.jwt.domain.JWT.getEncoder();
    private final Signer fusionSigner = HMACSigner.newSHA256Signer(secret, Samples.KEY_ID);
    private final Algorithm auth0Algorithm = Algorithm.HMAC256(secret);
    private final JWSSigner nimbusSigner = newNimbusSigner();
    private final JWSHeader nimbusHeader = new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(com.nimbusds.jose.JOSEObjectType.JWT)
            .keyID(Samples.KEY_ID)
            .build();
    private final SecretKey jjwtKey = Keys.hmacShaKeyFor(secret);
    private final HmacKey jose4jKey = new HmacKey(secret);
    private final JwtMac tinkMac = TinkJwt.newMac(secret);
    private final String[] visitors =
            Arrays.stream(users).map(Samples.User::visitorJson).toArray(String[]::new);
    private final String[] accounts =
            Arrays.stream(users).map(Samples.User::accountJson).toArray(String[]::new);

    /** Claims built for each token, as a back end does; keys that refresh; the system's clock. */
    @Benchmark
    public SignedProof countersign() {
        return signer.sign(claims(users[next()]));
    }

    /** Claims kept from the last token. */
    @Benchmark
    public SignedProof countersignReusedClaims() {
        return signer.sign(claims[next()]);
    }

    /** HMAC and its Base64 for a text that is there already. */
    @Benchmark
    public String limit() {
        byte[] signed = readyTexts[next()];
        byte[] mac = Base64.getUrlEncoder().withoutPadding().encode(twoDigests.mac(signed));
        byte[] token = Arrays.copyOf(signed, signed.length + 1 + mac.length);
        token[signed.length] = '.';
        System.arraycopy(mac, 0, token, signed.length + 1, mac.length);
        return new String(token, ISO_8859_1);
    }

    @Benchmark
    public String fusionauthJwt() {
        Samples.User user = users[next()];
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        return fusionEncoder.encode(
                new io.fusionauth.jwt.domain.JWT()
                        .setSubject(user.id())
                        .setAudience(Samples.AUDIENCE)
                        .setIssuedAt(now)
                        .setExpiration(now.plusSeconds(HOUR_SECONDS))
                        .addClaim("nonce", Samples.NONCE)
                        .addClaim("visitor", user.visitor())
                        .addClaim("account", user.account()),
                fusionSigner);
    }

    @Benchmark
    public String javaJwt() {
        Samples.User user = users[next()];
        Instant now = Instant.now();
        return JWT.create()
                .withKeyId(Samples.KEY_ID)
                .withSubject(user.id())
                .withAudience(Samples.AUDIENCE)
                .withIssuedAt(now)
                .withExpiresAt(now.plusSeconds(HOUR_SECONDS))
                .withClaim("nonce", Samples.NONCE)
                .withClaim("visitor", user.visitor())
                .withClaim("account", user.account())
                .sign(auth0Algorithm);
    }

    @Benchmark
    public String nimbus() throws JOSEException {
        Samples.User user = users[next()];
        Instant now = Instant.now();
        SignedJWT jwt = new SignedJWT(
                nimbusHeader,
                new JWTClaimsSet.Builder()
                        .subject(user.id())
                        .audience(Samples.AUDIENCE)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(HOUR_SECONDS)))
                        .claim("nonce", Samples.NONCE)
                        .claim("visitor", user.visitor())
                        .claim("account", user.account())
                        .build());
        jwt.sign(nimbusSigner);
        return jwt.serialize();
    }

    @Benchmark
    public String jjwt() {
        Samples.User user = users[next()];
        Instant now = Instant.now();
        return Jwts.builder()
                .header()
                .keyId(Samples.KEY_ID)
                .and()
                .subject(user.id())
                .audience()
                .add(Samples.AUDIENCE)
                .and()
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plusSeconds(HOUR_SECONDS)))
                .claim("nonce", Samples.NONCE)
                .claim("visitor", user.visitor())
                .claim("account", user.account())
                .signWith(jjwtKey, Jwts.SIG.HS256)
                .compact();
    }

    @Benchmark
    public String jose4j() throws JoseException {
        Samples.User user = users[next()];
        NumericDate now = NumericDate.now();
        JwtClaims jwt = new JwtClaims();
        jwt.setSubject(user.id());
        jwt.setAudience(Samples.AUDIENCE);
        jwt.setIssuedAt(now);
        jwt.setExpirationTime(NumericDate.fromSeconds(now.getValue() + HOUR_SECONDS));
        jwt.setStringClaim("nonce", Samples.NONCE);
        jwt.setClaim("visitor", user.visitor());
        jwt.setClaim("account", user.account());
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(jwt.toJson());
        jws.setKey(jose4jKey);
        jws.setKeyIdHeaderValue(Samples.KEY_ID);
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        return jws.getCompactSerialization();
    }

    @Benchmark
    public String tink() throws GeneralSecurityException {
        int i = next();
        Instant now = Instant.now();
        return tinkMac.computeMacAndEncode(RawJwt.newBuilder()
                .setTypeHeader("JWT")
                .setSubject(users[i].id())
                .setAudience(Samples.AUDIENCE)
                .setIssuedAt(now)
                .setExpiration(now.plusSeconds(HOUR_SECONDS))
                .addStringClaim("nonce", Samples.NONCE)
                .addJsonObjectClaim("visitor", visitors[i])
                .addJsonObjectClaim("account", accounts[i])
                .build());
    }

    static IdentityClaims claims(Samples.User user) {
        return IdentityClaims.user(user.id()).account(user.accountId()).build();
    }

    /** A token without its signature. */
    private static String signedText(Samples.User user) {
        long now = Instant.now().getEpochSecond();
        return base64("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + Samples.KEY_ID + "\"}") + "."
                + base64("{\"sub\":\"" + user.id() + "\",\"aud\":\"" + Samples.AUDIENCE + "\",\"iat\":" + now
                        + ",\"exp\":" + (now + HOUR_SECONDS) + ",\"nonce\":\"" + Samples.NONCE + "\",\"visitor\":"
                        + user.visitorJson() + ",\"account\":" + user.accountJson() + "}");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private MACSigner newNimbusSigner() {
        try {
            return new MACSigner(secret);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private int next() {
        return at++ & (Samples.COUNT - 1);
    }
}
