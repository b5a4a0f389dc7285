package dev.countersign.client.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.testkit.TestProofs;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    private static final String HEX = "9fd3222846754d9f0b3c2c18af1e8c3ebae1c4da178c5398ee613fc137dda19a";
    private static final String BASE64 = "2uqZ+o4dd80dQah09m4PKnx5KinACfKKn9m3y/xsbTQ=";
    /** Published by Drift: HS256 over {"sub":"12345"}. */
    private static final String DRIFT = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9."
            + "22H1g2b8yxmkcEY1Fhku4AhNl-M40P5Sl_B2ktSUdv8";

    @Test
    void eachForm_isTakenAsItIs() {
        assertEquals(HEX, IdentityProof.signature(HEX).value());
        assertEquals(BASE64, IdentityProof.signature(BASE64).value());
        assertEquals("hmac_v1:" + HEX, IdentityProof.token("hmac_v1:" + HEX).value());
        IdentityProof jwt = IdentityProof.jwt(DRIFT, "k");
        assertEquals(DRIFT, jwt.value());
        assertEquals("12345", jwt.userId());
        assertEquals("k", jwt.signingKeyName());
        assertEquals(0, jwt.expiresAt());
        assertTrue(jwt.isJwt());
        assertNull(IdentityProof.signature(HEX).userId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "9FD3222846754D9F0B3C2C18AF1E8C3EBAE1C4DA178C5398EE613FC137DDA19A",
                "9fd3222846754d9f0b3c2c18af1e8c3ebae1c4da178c5398ee613fc137dda19a\n",
                " 9fd3222846754d9f0b3c2c18af1e8c3ebae1c4da178c5398ee613fc137dda19",
                "2uqZ+o4dd80dQah09m4PKnx5KinACfKKn9m3y/xsbTQ",
                "2uqZ-o4dd80dQah09m4PKnx5KinACfKKn9m3y_xsbTQ=",
                "b'9fd3222846754d9f0b3c2c18af1e8c3ebae1c4da178c5398ee613fc137dda19a'",
                "hmac_v1:9fd3222846754d9f0b3c2c18af1e8c3ebae1c4da178c5398ee613fc137dda19a"
            })
    void aSignatureOfAnotherShape_isRefusedWithoutQuotingIt(String text) {
        refused(() -> IdentityProof.signature(text), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hmac_v2:9fd3222846754d9f0b3c2c18af1e8c3ebae1c4da178c5398ee613fc137dda19a",
                "hmac_v1:9fd3",
                "hmac_v1:9FD3222846754D9F0B3C2C18AF1E8C3EBAE1C4DA178C5398EE613FC137DDA19A",
                "HMAC_V1:9fd3222846754d9f0b3c2c18af1e8c3ebae1c4da178c5398ee613fc137dda19a",
                "9fd3222846754d9f0b3c2c18af1e8c3ebae1c4da178c5398ee613fc137dda19a"
            })
    @Tag("R24")
    void aTokenOfAnotherScheme_isRefused(String text) {
        refused(() -> IdentityProof.token(text), text);
    }

    @Test
    @Tag("R2")
    void aJwtOfAnotherShape_isRefused() {
        String header = TestProofs.part("{\"alg\":\"HS256\"}");
        List<String> bad = List.of(
                "a.b",
                "a.b.c.d",
                "a.b.",
                header + "." + TestProofs.part("{}") + ".sig=",
                TestProofs.part("{\"alg\":\"none\"}") + "." + TestProofs.part("{}") + ".c",
                TestProofs.part("{\"alg\":\"RS256\"}") + "." + TestProofs.part("{}") + ".c",
                TestProofs.part("{}") + "." + TestProofs.part("{}") + ".c",
                TestProofs.part("[]") + "." + TestProofs.part("{}") + ".c",
                header + "." + TestProofs.part("[]") + ".c",
                header + "." + TestProofs.part("{} {}") + ".c",
                header + "." + TestProofs.part("{\"sub\":1}") + ".c",
                header + "." + TestProofs.part("{\"visitor\":{\"id\":1}}") + ".c",
                header + "." + TestProofs.part("{\"account\":{\"id\":1}}") + ".c",
                header + "." + TestProofs.part("{\"visitor\":\"u\"}") + ".c",
                header + "." + TestProofs.part("{\"sub\":\"a\",\"visitor\":{\"id\":\"b\"}}") + ".c",
                header + "." + TestProofs.part("{\"exp\":\"tomorrow\"}") + ".c",
                header + "." + TestProofs.part("{\"exp\":1e400}") + ".c",
                header + "." + TestProofs.part("{\"x\":\"" + "y".repeat(8 * 1024) + "\"}") + ".c");
        for (String jwt : bad) {
            refused(() -> IdentityProof.jwt(jwt, null), jwt);
        }
    }

    @Test
    void aJwtsClaims_areRead() {
        IdentityProof jwt = IdentityProof.jwt(
                TestProofs.jwt("{\"nonce\":\"n\",\"sub\":\"u\",\"visitor\":{\"role\":[1],\"id\":\"u\"},"
                        + "\"account\":{\"name\":\"A\",\"id\":\"acme\"},\"exp\":1795168800,\"aud\":[\"x\"]}"),
                null);
        assertEquals("u", jwt.userId());
        assertEquals("acme", jwt.groupId());
        assertEquals(1_795_168_800_000L, jwt.expiresAt());
    }

    @Test
    @Tag("R6")
    void metadata_needsItsKeyName() {
        refused(() -> new SignedMetadata(DRIFT, null), DRIFT);
        refused(() -> new SignedMetadata(DRIFT, "with space"), DRIFT);
        refused(() -> new SignedMetadata(null, "k"), DRIFT);
        assertEquals("12345", new SignedMetadata(DRIFT, "k").getUserId());
    }

    @Test
    @Tag("R37")
    void aSecret_isNeverAProof() {
        refused(() -> IdentityProof.signature("sis_abcdefgh"), "abcdefgh");
        refused(() -> IdentityProof.token("sk_live_abcdefgh"), "abcdefgh");
        refused(() -> IdentityProof.jwt("-----BEGIN PRIVATE KEY-----abcdefgh", null), "abcdefgh");
        refused(() -> IdentityProof.signature(HEX).withKeyName("sis_abcdefgh"), "abcdefgh");
    }

    @Test
    @Tag("R67")
    void nothing_printsAProof() {
        IssuedProof issued = IssuedProof.of("u", IdentityProof.signature(HEX));
        for (Object value : List.of(
                IdentityProof.signature(HEX),
                IdentityProof.jwt(DRIFT, "k"),
                new SignedMetadata(DRIFT, "k"),
                issued,
                new ProofRequest("u_secret", "acme", ProofRequest.Cause.FIRST))) {
            assertFalse(value.toString().contains(HEX), value.toString());
            assertFalse(value.toString().contains("eyJ"), value.toString());
            assertFalse(value.toString().contains("u_secret"), value.toString());
        }
    }

    @Test
    void proofs_areEqualByValueAndKeyName() {
        assertEquals(IdentityProof.signature(HEX), IdentityProof.signature(HEX));
        assertEquals(
                IdentityProof.signature(HEX).hashCode(),
                IdentityProof.signature(HEX).hashCode());
        assertNotEquals(
                IdentityProof.signature(HEX), IdentityProof.signature(HEX).withKeyName("k"));
        assertNotEquals(IdentityProof.signature(HEX), IdentityProof.signature(BASE64));
    }

    @Test
    void aBackEndsAnswer_isRead() {
        IssuedProof issued = IssuedProof.fromJson("{\"userId\":\"u_1\",\"identityToken\":\"hmac_v1:" + HEX
                + "\",\"signingKeyName\":\"2026-11\",\"groupId\":\"acme\",\"groupToken\":\"" + BASE64
                + "\",\"expiresAt\":\"2026-11-20T10:00:00Z\",\"added\":{\"later\":[1]}}");
        assertEquals("u_1", issued.getUserId());
        assertEquals("2026-11", issued.getProof().signingKeyName());
        assertEquals("acme", issued.getGroupId());
        assertEquals(BASE64, issued.getGroupProof().value());
        assertEquals("2026-11", issued.getGroupProof().signingKeyName());
        assertEquals(1_795_168_800_000L, issued.getExpiresAt());
    }

    @Test
    void aBackEndsJwt_coversTheGroupAndTellsItsOwnExpiry() {
        String jwt = TestProofs.jwt("{\"sub\":\"u_1\",\"account\":{\"id\":\"acme\"},\"exp\":1795168800}");
        IssuedProof issued = IssuedProof.fromJson("{\"userId\":\"u_1\",\"identityToken\":\"" + jwt
                + "\",\"signingKeyName\":null,\"groupId\":\"acme\",\"groupToken\":null,\"expiresAt\":null}");
        assertEquals("acme", issued.getProof().groupId());
        assertNull(issued.getGroupProof());
        assertEquals(1_795_168_800_000L, issued.getExpiresAt());
    }

    @Test
    void aWrongAnswer_isRefusedByNameWithoutQuotingIt() {
        String token = "\"identityToken\":\"" + HEX + "\"";
        answerRefused("userId", "{" + token + "}");
        answerRefused("identityToken", "{\"userId\":\"u\"}");
        answerRefused("userId", "{\"userId\":1," + token + "}");
        answerRefused("userId", "{\"userId\":\"\"," + token + "}");
        answerRefused("identityToken", "{\"userId\":\"u\",\"identityToken\":{}}");
        answerRefused("groupId", "{\"userId\":\"u\"," + token + ",\"groupToken\":\"" + HEX + "\"}");
        answerRefused("expiresAt", "{\"userId\":\"u\"," + token + ",\"expiresAt\":\"soon\"}");
        answerRefused("json", "{\"userId\":\"u\"," + token + "," + token + "}");
        answerRefused("json", "{\"userId\":\"u\"," + token + "} x");
        answerRefused("json", "{\"userId\":\"u\"," + token);
        answerRefused("json", "<html>" + HEX);
        answerRefused("json", "");
        answerRefused("proof", "{\"userId\":\"u\",\"identityToken\":\"" + DRIFT + "\"}");
    }

    private static void answerRefused(String field, String json) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> IssuedProof.fromJson(json));
        assertTrue(e.getMessage().startsWith(field + ":"), e.getMessage());
        assertFalse(e.toString().contains(HEX));
        assertNull(e.getCause());
    }

    private static void refused(Executable call, String proof) {
        Exception e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(proof.length() < 3 || !e.toString().contains(proof), e.toString());
        assertNull(e.getCause());
    }
}
