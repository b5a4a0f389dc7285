package dev.countersign.server.jwt;

import static dev.countersign.server.TestKeys.key;
import static dev.countersign.server.TestKeys.primary;
import static dev.countersign.server.TestKeys.source;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtSignerTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-20T12:00:00.750Z"), ZoneOffset.UTC);

    private final KeySource keys = source(primary("2026-11"), key("2026-12", KeyStatus.PENDING));

    @Test
    @Tag("R1")
    @Tag("T7")
    void aUserIsSigned_headerAndTimesAreTheRecommendedOnes() {
        SignedProof proof =
                signer().sign(IdentityClaims.user("u_1").account("acme").build());
        assertEquals("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"2026-11\"}", part(proof, 0));
        assertTrue(
                part(proof, 1)
                        .matches("\\{\"sub\":\"u_1\",\"aud\":\"env\",\"iat\":1795175995,\"exp\":1795179600,"
                                + "\"nonce\":\"[A-Za-z0-9_-]{22}\","
                                + "\"visitor\":\\{\"id\":\"u_1\"},\"account\":\\{\"id\":\"acme\"}}"),
                part(proof, 1));
        assertEquals(Instant.parse("2026-11-20T13:00:00Z"), proof.expiresAt());
        assertEquals("2026-11", proof.keyId());
    }

    @Test
    @Tag("R7")
    void metadataOnly_leavesOutWhatPendosFormLacks() {
        JwtSigner signer = JwtSigner.builder(keys).metadataOnly().clock(NOON).build();
        SignedProof proof = signer.sign(IdentityClaims.user("u_1").build());
        assertEquals("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", part(proof, 0));
        assertTrue(
                part(proof, 1).matches("\\{\"nonce\":\"[^\"]{22}\",\"visitor\":\\{\"id\":\"u_1\"}}"), part(proof, 1));
        assertEquals(Instant.parse("2026-11-20T12:15:00Z"), proof.expiresAt());
    }

    @Test
    @Tag("R12")
    void anAnonymousVisitor_hasNeitherSubNorId() throws Exception {
        SignedProof proof = signer().sign(
                        IdentityClaims.anonymous().visitor("theme", "dark").build());
        assertTrue(part(proof, 1).endsWith("\"visitor\":{\"theme\":\"dark\"}}"), part(proof, 1));
        VerifiedIdentity nobody = verifier().verify(proof.value(), null);
        assertNull(nobody.userId());
        assertNull(nobody.groupId());
    }

    @Test
    @Tag("R5")
    void equalClaimsAreSignedAgain_everyNonceIsNew() {
        IdentityClaims claims = IdentityClaims.user("u_1").build();
        JwtSigner one = signer();
        JwtSigner two = signer();
        Set<String> tokens = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            tokens.add(one.sign(claims).value());
            tokens.add(two.sign(claims).value());
        }
        assertEquals(2_000, tokens.size());
    }

    @Test
    @Tag("R11")
    void everyClaim_arrivesAsItWasPutIn() throws Exception {
        IdentityClaims claims = IdentityClaims.user("user-é 🔑 \"\\\u0001")
                .email("zoë@acme.co")
                .fullName("Zoë 株")
                .role("admin")
                .visitor("tags", List.of("a", 1, true, 2.5))
                .visitor("nothing", null)
                .visitor("deep", Map.of("er", List.of(Map.of())))
                .account("acme")
                .accountName("Acme")
                .isPaying(true)
                .monthlyValue(99.5)
                .planLevel("gold")
                .planPrice(100)
                .creationDate("2026-01-01")
                .account("seats", 12L)
                .build();
        VerifiedIdentity identity = verifier().verify(signer().sign(claims).value(), "2026-11");
        assertEquals("user-é 🔑 \"\\\u0001", identity.userId());
        assertEquals("acme", identity.groupId());
        List<Object> tags = new ArrayList<>(List.of("a", 1L, true, 2.5));
        assertEquals(tags, visitor(identity).get("tags"));
        assertEquals("Zoë 株", visitor(identity).get("full_name"));
        assertTrue(visitor(identity).containsKey("nothing"));
        assertEquals(Map.of("er", List.of(Map.of())), visitor(identity).get("deep"));
        Map<?, ?> account = (Map<?, ?>) identity.claims().get("account");
        assertEquals(12L, account.get("seats"));
        assertEquals(99.5, account.get("monthly_value"));
        assertEquals(true, account.get("is_paying"));
    }

    @ParameterizedTest
    @Tag("R11")
    @ValueSource(strings = {"id", "email", "full_name", "role"})
    void aReservedVisitorName_isRefused(String name) {
        IllegalArgumentException problem = assertThrows(
                IllegalArgumentException.class, () -> IdentityClaims.user("u").visitor(name, "x"));
        assertEquals("visitor." + name + " is a reserved name; it has a method of its own", problem.getMessage());
    }

    @ParameterizedTest
    @Tag("R11")
    @ValueSource(strings = {"id", "name", "is_paying", "monthly_value", "planLevel", "planPrice", "creationDate"})
    void aReservedAccountName_isRefused(String name) {
        assertThrows(
                IllegalArgumentException.class, () -> IdentityClaims.user("u").account(name, "x"));
    }

    @Test
    @Tag("R9")
    @Tag("T35")
    void idsAndValuesThatCannotBeSigned_areRefusedByName() {
        assertThrows(IllegalArgumentException.class, () -> IdentityClaims.user(""));
        assertThrows(IllegalArgumentException.class, () -> IdentityClaims.user("x".repeat(257)));
        assertThrows(
                IllegalArgumentException.class, () -> IdentityClaims.user("u").account("\uDC00"));
        refused("visitor.when has the type java.time.Instant", claims -> claims.visitor("when", Instant.EPOCH));
        refused(
                "visitor.score is NaN; allowed are numbers that a finite double can hold",
                claims -> claims.visitor("score", Double.NaN));
        refused("visitor.email lone surrogate", claims -> claims.email("\uD83D"));
        Object deep = "x";
        for (int i = 0; i < 15; i++) {
            deep = List.of(deep);
        }
        Object tooDeep = deep;
        refused("visitor.deep nested too deeply", claims -> claims.visitor("deep", tooDeep));
    }

    @Test
    @Tag("T35")
    void theTokenWouldBeTooLargeForVerifiers_signRefuses() {
        IdentityClaims large =
                IdentityClaims.user("u").visitor("note", "x".repeat(8000)).build();
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> signer().sign(large));
        assertTrue(problem.getMessage().endsWith("verifiers allow at most 8192"), problem.getMessage());
    }

    @Test
    void optionsAreAtOddsOrOutOfRange_buildRefuses() {
        assertThrows(
                IllegalArgumentException.class, () -> JwtSigner.builder(keys).build());
        assertThrows(IllegalArgumentException.class, () -> JwtSigner.create("", keys));
        assertThrows(
                IllegalArgumentException.class,
                () -> JwtSigner.builder(keys).audience("env").metadataOnly().build());
        assertThrows(
                IllegalArgumentException.class,
                () -> lifetime(Duration.ofHours(25)).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> lifetime(Duration.ofMillis(999)).build());
        lifetime(Duration.ofHours(24)).build();
        lifetime(Duration.ofHours(25)).allowLongLived().build();
    }

    private JwtSigner.Builder lifetime(Duration lifetime) {
        return JwtSigner.builder(keys).audience("env").expiresAfter(lifetime);
    }

    private static void refused(String message, Consumer<IdentityClaims.Builder> put) {
        IdentityClaims.Builder claims = IdentityClaims.user("u");
        IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> {
            put.accept(claims);
            claims.build();
        });
        assertTrue(problem.getMessage().startsWith(message), problem.getMessage());
        assertNotEquals("", problem.getMessage());
    }

    private JwtSigner signer() {
        return JwtSigner.builder(keys).audience("env").clock(NOON).build();
    }

    private JwtVerifier verifier() {
        return JwtVerifier.builder(keys).audience("env").clock(NOON).build();
    }

    private static Map<?, ?> visitor(VerifiedIdentity identity) {
        return (Map<?, ?>) identity.claims().get("visitor");
    }

    private static String part(SignedProof proof, int index) {
        return new String(Base64.getUrlDecoder().decode(proof.value().split("\\.")[index]), UTF_8);
    }
}
