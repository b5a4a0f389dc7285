package dev.countersign.server.diagnosis;

import static dev.countersign.server.TestKeys.ring;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.server.diagnosis.Diagnosis.Cause;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.identity.SignedProof;
import dev.countersign.server.jwt.IdentityClaims;
import dev.countersign.server.jwt.JwtSigner;
import dev.countersign.server.jwt.JwtVerifier;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each proof is made with the JDK alone, in the way that the mistake makes it. */
@Tag("R70")
@Tag("R71")
@Tag("T15")
@Tag("T16")
@Tag("T19")
@Tag("T33")
class ProofDiagnosisTest {
    private static final String SECRET = "0f8fad5b-d9cd-469f-a165-70867728950e";
    private static final String OTHER = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private static final String ID = "Zoë-42";

    private final KeyRing ring = ring(
            1,
            SigningKey.of("k2", Secret.of(SECRET), KeyStatus.PRIMARY),
            SigningKey.of("k1", Secret.of("11111111111111111111111111111111"), KeyStatus.RETIRING),
            SigningKey.revoked("k0"));

    @Test
    void aRightProof_isValid() throws Exception {
        is(Cause.VALID, HmacFormat.HEX, hex(mac(SECRET, ID)));
        is(Cause.VALID, HmacFormat.HMAC_V1, "hmac_v1:" + hex(mac(SECRET, ID)));
        is(Cause.VALID, HmacFormat.BASE64, base64(mac(SECRET, ID)));
    }

    @Test
    void noProof_isMissing() {
        is(Cause.MISSING, HmacFormat.HEX, "");
        is(Cause.MISSING, HmacFormat.HEX, null);
    }

    @Test
    void theIdIsOutOfBounds_isNamed() throws Exception {
        ProofDiagnosis plain = ProofDiagnosis.builder(ring).build();
        for (String id : new String[] {"", "x".repeat(257), "u\uD83D"}) {
            String proof = hex(mac(SECRET, "u?"));
            assertEquals(
                    Cause.ID_NOT_ALLOWED,
                    plain.ofHmac(HmacFormat.HEX, id, proof, null).cause());
        }
    }

    @Test
    void aSpellingMistake_isNamed() throws Exception {
        byte[] mac = mac(SECRET, ID);
        is(Cause.PYTHON_BYTES, HmacFormat.BASE64, "b'" + base64(mac) + "'");
        is(Cause.WHITE_SPACE, HmacFormat.BASE64, base64(mac) + "\n");
        is(Cause.WHITE_SPACE, HmacFormat.HEX, hex(mac) + "\r\n");
        is(Cause.PREFIX_MISSING, HmacFormat.HMAC_V1, hex(mac));
        is(Cause.PREFIX_NOT_EXPECTED, HmacFormat.HEX, "hmac_v1:" + hex(mac));
        is(Cause.BASE64_FOR_HEX, HmacFormat.HEX, base64(mac));
        is(Cause.BASE64_FOR_HEX, HmacFormat.HMAC_V1, base64(mac));
        is(Cause.HEX_FOR_BASE64, HmacFormat.BASE64, hex(mac));
        is(Cause.UPPER_CASE_HEX, HmacFormat.HEX, HexFormat.of().withUpperCase().formatHex(mac));
        is(Cause.BASE64_VARIANT, HmacFormat.BASE64, base64(mac).replace("=", ""));
        is(Cause.OTHER_FORM, HmacFormat.HEX, "e30.e30.AAAA");
        is(Cause.OTHER_HASH, HmacFormat.HEX, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
        is(Cause.UNREADABLE, HmacFormat.HEX, "not a proof");
        is(Cause.UNREADABLE, HmacFormat.HEX, "abc");
    }

    @Test
    @Tag("T22")
    void plusTurnedIntoSpace_isNamed() throws Exception {
        String id = idWhoseBase64HasAPlus();
        String proof = base64(mac(SECRET, id)).replace('+', ' ');
        Diagnosis diagnosis = ProofDiagnosis.builder(ring).build().ofHmac(HmacFormat.BASE64, id, proof, null);
        assertEquals(Cause.SPACE_FOR_PLUS, diagnosis.cause());
    }

    @Test
    void anotherTextThanTheIdWasSigned_isNamed() throws Exception {
        is(Cause.FOLDED_ID, hex(mac(SECRET, "zoë-42")));
        is(Cause.FOLDED_ID, hex(mac(SECRET, "ZOË-42")));
        is(Cause.NFD_ID, hex(mac(SECRET, "Zoe\u0308-42")));
        is(Cause.QUOTED_ID, hex(mac(SECRET, "\"" + ID + "\"")));
        is(Cause.ID_WITH_NEWLINE, hex(mac(SECRET, ID + "\n")));
        is(Cause.EMAIL_FOR_ID, hex(mac(SECRET, "zoe@acme.co")));
        ProofDiagnosis plain = ProofDiagnosis.builder(ring).build();
        assertEquals(
                Cause.TRIMMED_ID,
                plain.ofHmac(HmacFormat.HEX, " u_1 ", hex(mac(SECRET, "u_1")), null)
                        .cause());
        assertEquals(
                Cause.NFC_ID,
                plain.ofHmac(HmacFormat.HEX, "Zoe\u0308", hex(mac(SECRET, "Zoë")), null)
                        .cause());
        assertEquals(
                Cause.FOLDED_ID,
                plain.ofHmac(HmacFormat.HEX, "u_1", hex(mac(SECRET, "U_1")), null)
                        .cause());
    }

    @Test
    void theSecretWasMisused_isNamed() throws Exception {
        is(Cause.SWAPPED_ARGUMENTS, hex(mac(ID, SECRET)));
        byte[] decoded = HexFormat.of().parseHex(SECRET.replace("-", ""));
        is(Cause.SECRET_HEX_DECODED, hex(mac(decoded, ID.getBytes(UTF_8))));
        is(
                Cause.SECRET_BASE64_DECODED,
                hex(mac(Base64.getDecoder().decode("11111111111111111111111111111111"), ID.getBytes(UTF_8))));
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        is(Cause.PLAIN_HASH, hex(sha256.digest((SECRET + ID).getBytes(UTF_8))));
        is(Cause.PLAIN_HASH, hex(sha256.digest((ID + SECRET).getBytes(UTF_8))));
    }

    @Test
    @Tag("R35")
    void anotherKeyWasUsed_isNamedWithItsIdOrEnvironment() throws Exception {
        Diagnosis revoked = diagnose(HmacFormat.HEX, hex(mac(OTHER, ID)), null);
        assertEquals(Cause.REVOKED_KEY, revoked.cause());
        assertTrue(revoked.advice().contains("k0"), revoked.advice());
        Diagnosis foreign = diagnose(HmacFormat.HEX, hex(mac("22222222222222222222222222222222", ID)), null);
        assertEquals(Cause.OTHER_ENVIRONMENT, foreign.cause());
        assertTrue(foreign.advice().contains("staging"), foreign.advice());
        Diagnosis unnamed = diagnose(HmacFormat.HEX, hex(mac("11111111111111111111111111111111", ID)), "k2");
        assertEquals(Cause.OTHER_KEY, unnamed.cause());
        assertTrue(unnamed.advice().contains("k1"), unnamed.advice());
    }

    @Test
    void onlyTheNameOfTheKeyIsLeft_itIsWhatIsNamed() throws Exception {
        String foreign = hex(mac("an entirely different secret of someone", ID));
        ProofDiagnosis plain = ProofDiagnosis.builder(ring).build();
        assertEquals(
                Cause.REVOKED_KEY,
                plain.ofHmac(HmacFormat.HEX, ID, foreign, "k0").cause());
        assertEquals(
                Cause.KEY_NAME_UNKNOWN,
                plain.ofHmac(HmacFormat.HEX, ID, foreign, "k9").cause());
        assertEquals(
                Cause.UNKNOWN, plain.ofHmac(HmacFormat.HEX, ID, foreign, "k2").cause());
    }

    @Test
    void nothingExplainsTheProof_isUnknown() throws Exception {
        is(Cause.UNKNOWN, hex(mac("an entirely different secret of someone", ID)));
    }

    @Test
    void aJwt_isDiagnosedByItsKeyOrItsClaims() throws Exception {
        Instant noon = Instant.parse("2026-11-20T12:00:00Z");
        assertEquals(Cause.VALID, jwt(token(SECRET, noon), noon).cause());
        Diagnosis expired = jwt(token(SECRET, noon), noon.plus(Duration.ofHours(2)));
        assertEquals(Cause.CLAIMS, expired.cause());
        assertEquals("EXPIRED: the token expired at 2026-11-20T13:00:00Z.", expired.advice());
        assertEquals(Cause.REVOKED_KEY, jwt(token(OTHER, noon), noon).cause());
        assertEquals(Cause.OTHER_FORM, jwt(hex(mac(SECRET, ID)), noon).cause());
        assertEquals(Cause.MISSING, jwt(null, noon).cause());
        String[] parts = token(SECRET, noon).split("\\.");
        byte[] decoded = HexFormat.of().parseHex(SECRET.replace("-", ""));
        byte[] mistaken = mac(decoded, (parts[0] + "." + parts[1]).getBytes(UTF_8));
        String resigned = parts[0] + "." + parts[1] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(mistaken);
        assertEquals(Cause.SECRET_HEX_DECODED, jwt(resigned, noon).cause());
    }

    @Test
    @Tag("R67")
    void everyAdvice_isOneSentenceWithoutIdSecretOrProof() throws Exception {
        for (byte[] mac : new byte[][] {mac(SECRET, ID), mac(OTHER, ID), mac(ID, SECRET), new byte[32]}) {
            String advice = diagnose(HmacFormat.HMAC_V1, hex(mac), null).advice();
            assertFalse(advice.contains(ID) || advice.contains(hex(mac)) || advice.contains(SECRET), advice);
            assertTrue(advice.endsWith("."), advice);
        }
    }

    private Diagnosis diagnose(HmacFormat format, String proof, String keyId) {
        return ProofDiagnosis.builder(ring)
                .revokedSecret("k0", Secret.of(OTHER))
                .otherEnvironment(
                        "staging",
                        ring(1, SigningKey.of("s1", Secret.of("22222222222222222222222222222222"), KeyStatus.PRIMARY)))
                .email("zoe@acme.co")
                .build()
                .ofHmac(format, ID, proof, keyId);
    }

    private void is(Cause cause, String hexProof) {
        is(cause, HmacFormat.HEX, hexProof);
    }

    private void is(Cause cause, HmacFormat format, String proof) {
        assertEquals(cause, diagnose(format, proof, null).cause());
    }

    private Diagnosis jwt(String token, Instant now) {
        return ProofDiagnosis.builder(ring)
                .revokedSecret("k0", Secret.of(OTHER))
                .build()
                .ofJwt(
                        keys -> JwtVerifier.builder(keys)
                                .audience("env")
                                .clock(Clock.fixed(now, ZoneOffset.UTC))
                                .build(),
                        token,
                        null);
    }

    private static String token(String secret, Instant now) {
        SigningKey key = SigningKey.of("k2", Secret.of(secret), KeyStatus.PRIMARY);
        SignedProof proof = JwtSigner.builder(KeySource.of(ring(1, key)))
                .audience("env")
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .build()
                .sign(IdentityClaims.user("u_1").build());
        return proof.value();
    }

    private static String idWhoseBase64HasAPlus() throws Exception {
        int i = 0;
        while (!base64(mac(SECRET, "u_" + i)).contains("+")) {
            i++;
        }
        return "u_" + i;
    }

    private static byte[] mac(String key, String message) throws Exception {
        return mac(key.getBytes(UTF_8), message.getBytes(UTF_8));
    }

    private static byte[] mac(byte[] key, byte[] message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
