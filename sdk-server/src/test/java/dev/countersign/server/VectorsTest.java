package dev.countersign.server;

import static dev.countersign.server.identity.RejectionReason.NONCE_MISSING;
import static dev.countersign.server.identity.RejectionReason.SIGNATURE_MISMATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.countersign.server.Vectors.HmacVector;
import dev.countersign.server.Vectors.JwtVector;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacSigner;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.RejectionReason;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proofs that other implementations and vendors' pages have published, made here and verified here. */
class VectorsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_000_005);

    static Stream<HmacVector> hmac() {
        return Vectors.hmac();
    }

    static Stream<HmacVector> published() {
        return Vectors.published();
    }

    static Stream<JwtVector> jwt() {
        return Vectors.jwt().filter(vector -> vector.claims().containsKey("nonce"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hmac")
    @Tag("R16")
    @Tag("R20")
    @Tag("R23")
    @Tag("T15")
    @Tag("T19")
    @Tag("T20")
    @Tag("T33")
    void aVector_isSignedAndVerifiedInAllForms(HmacVector vector) throws VerificationException {
        assertBothWays(HmacFormat.HEX, vector, vector.hex());
        assertBothWays(HmacFormat.BASE64, vector, vector.base64());
        assertBothWays(HmacFormat.HMAC_V1, vector, vector.hmacV1());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    @Tag("R16")
    void aVendorsPublishedExample_isSignedAndVerified(HmacVector vector) throws VerificationException {
        assertBothWays(HmacFormat.HEX, vector, vector.hex());
    }

    private static void assertBothWays(HmacFormat format, HmacVector vector, String proof)
            throws VerificationException {
        KeySource keys = keys(vector.secret());
        HmacSigner signer = HmacSigner.create(format, keys);
        HmacVerifier verifier = HmacVerifier.create(format, keys);
        assertEquals(proof, signer.signUser(vector.id()).value());
        assertEquals(proof, signer.signGroup(vector.id()).value());
        assertEquals(vector.id(), verifier.verifyUser(vector.id(), proof, null).userId());
        assertEquals(
                vector.id(), verifier.verifyGroup(vector.id(), proof, "2026-11").groupId());
    }

    @Test
    @Tag("T18")
    void aNumericId_isSignedAsItsDecimalText() {
        HmacVector decimal = Vectors.hmac()
                .filter(vector -> vector.id().equals("1234"))
                .findFirst()
                .orElseThrow();
        HmacSigner signer = HmacSigner.create(HmacFormat.HEX, keys(decimal.secret()));
        assertEquals(decimal.hex(), signer.signUser(1234).value());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jwt")
    @Tag("R1")
    @Tag("R7")
    @Tag("R12")
    void aVectorsToken_provesItsClaims(JwtVector vector) throws VerificationException {
        VerifiedIdentity identity = verifier(vector.secret()).verify(vector.jwt(), "2026-11");
        assertEquals(vector.claims(), Vectors.withDoubles(identity.claims()));
        assertEquals(Vectors.member(vector.claims(), "visitor").get("id"), identity.userId());
        assertEquals(Vectors.member(vector.claims(), "account").get("id"), identity.groupId());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jwt")
    @Tag("R1")
    @Tag("R11")
    void theSameClaimsSignedHere_areTheVectorsClaims(JwtVector vector) throws VerificationException {
        boolean expiring = vector.claims().containsKey("exp");
        JwtSigner.Builder builder = JwtSigner.builder(keys(vector.secret())).clock(Clock.fixed(NOW, ZoneOffset.UTC));
        JwtSigner signer = expiring
                ? builder.audience("env_test")
                        .expiresAfter(Duration.ofSeconds(3595))
                        .build()
                : builder.metadataOnly().build();
        SignedProof proof = signer.sign(identityClaims(vector.claims()));
        VerifiedIdentity identity = verifier(vector.secret()).verify(proof.value(), proof.keyId());
        assertEquals(
                without(vector.claims(), "nonce"), without(Vectors.withDoubles(identity.claims()), "nonce", "aud"));
    }

    @Test
    @Tag("R3")
    void thePublishedTokenOfASubjectAlone_isGenuineButHasNoNonce() {
        JwtVector vector = Vectors.jwt()
                .filter(candidate -> !candidate.claims().containsKey("nonce"))
                .findFirst()
                .orElseThrow();
        assertEquals(Map.of("sub", "12345"), vector.claims());
        assertRefused(NONCE_MISSING, vector, vector.jwt());
        int signature = vector.jwt().lastIndexOf('.') + 1;
        char first = vector.jwt().charAt(signature);
        String oneBitOff = vector.jwt().substring(0, signature)
                + (first == '2' ? '3' : '2')
                + vector.jwt().substring(signature + 1);
        assertRefused(SIGNATURE_MISMATCH, vector, oneBitOff);
    }

    private static void assertRefused(RejectionReason reason, JwtVector vector, String jwt) {
        JwtVerifier verifier = verifier(vector.secret());
        VerificationException refusal = assertThrows(VerificationException.class, () -> verifier.verify(jwt, null));
        assertEquals(reason, refusal.reason());
    }

    private static KeySource keys(String secret) {
        SigningKey key = SigningKey.of("2026-11", Secret.ofShort(secret), KeyStatus.PRIMARY);
        return KeySource.of(KeyRing.of(1, List.of(key)));
    }

    private static JwtVerifier verifier(String secret) {
        return JwtVerifier.builder(keys(secret))
                .anyAudience()
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
    }

    private static IdentityClaims identityClaims(Map<String, Object> claims) {
        Map<String, Object> visitor = Vectors.member(claims, "visitor");
        Object id = visitor.get("id");
        IdentityClaims.Builder builder = id == null ? IdentityClaims.anonymous() : IdentityClaims.user((String) id);
        visitor.forEach((name, value) -> {
            switch (name) {
                case "id" -> {}
                case "email" -> builder.email((String) value);
                case "full_name" -> builder.fullName((String) value);
                case "role" -> builder.role((String) value);
                default -> builder.visitor(name, value);
            }
        });
        Vectors.member(claims, "account").forEach((name, value) -> {
            switch (name) {
                case "id" -> builder.account((String) value);
                case "name" -> builder.accountName((String) value);
                case "is_paying" -> builder.isPaying((Boolean) value);
                case "monthly_value" -> builder.monthlyValue((Double) value);
                default -> builder.account(name, value);
            }
        });
        return builder.build();
    }

    private static Map<String, Object> without(Map<String, Object> claims, String... names) {
        Map<String, Object> rest = new LinkedHashMap<>(claims);
        rest.keySet().removeAll(List.of(names));
        return rest;
    }
}
