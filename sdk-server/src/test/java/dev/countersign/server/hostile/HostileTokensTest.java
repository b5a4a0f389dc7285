package dev.countersign.server.hostile;

import static dev.countersign.server.hostile.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.internal.JsonException;
import dev.countersign.server.internal.JsonReader;
import dev.countersign.server.jwt.JwtVerifier;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that must not pass, each with the reason it must be given; and their nearest neighbours that must. */
@Tag("R1")
@Tag("R2")
@Tag("R42")
class HostileTokensTest {
    private final JwtVerifier verifier = Forge.verifier();

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "dev.countersign.server.hostile.HeaderRows#rows",
        "dev.countersign.server.hostile.EncodingRows#rows",
        "dev.countersign.server.hostile.ClaimRows#rows",
        "dev.countersign.server.hostile.JsonRows#rows",
        "dev.countersign.server.hostile.KeyRows#rows"
    })
    @Tag("R3")
    @Tag("R4")
    void aHostileToken_isRefusedWithItsReason(TokenRow row) {
        String proof = row.token() == null ? "" : row.token();
        assertRefused(row.reason(), proof, () -> verifier.verify(row.token(), row.signingKeyName()));
    }

    static Stream<Arguments> neighbours() {
        String exp = "\"exp\":" + (Forge.SECOND + 3600);
        String iat = "\"iat\":" + Forge.SECOND;
        String aud = "\"aud\":\"env_test\"";
        return Stream.of(
                arguments("the payload that the rows differ from", Forge.token(Forge.HEADER, Forge.PAYLOAD)),
                arguments("8,192 characters", EncodingRows.sized(8192)),
                arguments(
                        "unknown header members",
                        Forge.token(Forge.headerWith("\"cty\":\"x\",\"x\":[1]"), Forge.PAYLOAD)),
                arguments(
                        "space around the members",
                        Forge.token(" { \"alg\" :\t\"HS256\" }\r\n", " " + Forge.PAYLOAD + "\n")),
                arguments(
                        "escaped names",
                        Forge.token("{\"\\u0061lg\":\"HS256\"}", Forge.PAYLOAD.replace("sub", "s\\u0075b"))),
                arguments("exp 59 s ago", payload(exp, "\"exp\":" + (Forge.SECOND - 59))),
                arguments("exp with a fraction", payload(exp, "\"exp\":" + (Forge.SECOND + 1) + ".5")),
                arguments("exp with an exponent", payload(exp, "\"exp\":1.9e9")),
                arguments("exp at the end of the year 9999", payload(exp, "\"exp\":253402300799")),
                arguments("iat in 60 s", payload(iat, "\"iat\":" + (Forge.SECOND + 60))),
                arguments("nbf in 60 s", payload(iat, iat + ",\"nbf\":" + (Forge.SECOND + 60))),
                arguments("aud an array with ours", payload(aud, "\"aud\":[\"env_other\",\"env_test\"]")),
                arguments("16 deep", payload(iat, iat + ",\"x\":" + "[".repeat(15) + "]".repeat(15))),
                arguments("a surrogate pair", payload(iat, iat + ",\"x\":\"\\ud83d\\udd11\"")),
                arguments("the largest UTF-8", payload(iat, iat + ",\"x\":\"\udbff\udfff\"")),
                arguments("kid primary", KeyRows.token("primary", Forge.PRIMARY)),
                arguments("kid pending", KeyRows.token("pending", Forge.PENDING)),
                arguments("kid retiring", KeyRows.token("retiring", Forge.RETIRING)),
                arguments("pending, named by nobody", KeyRows.token(null, Forge.PENDING)),
                arguments("retiring, named by nobody", KeyRows.token(null, Forge.RETIRING)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("neighbours")
    void aTokenWithinTheRules_isAccepted(String description, String token) throws VerificationException {
        VerifiedIdentity identity = verifier.verify(token, null);
        assertEquals("u_123", identity.userId());
        assertEquals("acme", identity.groupId());
    }

    @Test
    void theKeyNamedBesideTheToken_isTheOneThatMadeIt() throws VerificationException {
        String token = KeyRows.token("pending", Forge.PENDING);
        assertEquals("pending", verifier.verify(token, "pending").keyId());
        assertEquals(
                "retiring",
                verifier.verify(KeyRows.token(null, Forge.RETIRING), "retiring").keyId());
    }

    @Test
    void aRefusalOfAKnownKey_namesTheKey() {
        String revoked = KeyRows.token("revoked", Forge.REVOKED);
        assertEquals("revoked", refused(RejectionReason.REVOKED_KEY, revoked).keyId());
        String unknown = KeyRows.token("2020-01", Forge.PRIMARY);
        assertNull(refused(RejectionReason.UNKNOWN_KEY, unknown).keyId());
    }

    @Test
    void anExpiredToken_saysWhenItExpired() {
        String token = payload("\"exp\":" + (Forge.SECOND + 3600), "\"exp\":" + (Forge.SECOND - 61));
        assertEquals(
                Forge.NOW.minusSeconds(61),
                refused(RejectionReason.EXPIRED, token).expiredAt());
    }

    @Test
    @Tag("T14")
    @Tag("R12")
    void aTokenOfNobody_provesNobody() throws VerificationException {
        String subject = "\"sub\":\"u_123\",";
        String anonymous = Forge.payloadWith(subject, "").replace("{\"id\":\"u_123\"}", "{}");
        String mobile = Forge.payloadWith(subject, "").replace("{\"id\":\"u_123\"}", "{\"id\":\"\"}");
        for (String payload : new String[] {anonymous, mobile}) {
            String token = Forge.token(Forge.HEADER, payload);
            assertNull(verifier.verify(token, null).userId());
            assertRefused(RejectionReason.SUBJECT_MISMATCH, token, () -> verifier.verifyUser("u_123", token, null));
            assertRefused(RejectionReason.SUBJECT_MISMATCH, token, () -> verifier.verifyUser("", token, null));
        }
    }

    @Test
    @Tag("R17")
    void aTokenOfAnotherUserOrGroup_isASubjectMismatch() throws VerificationException {
        String token = Forge.token(Forge.HEADER, Forge.PAYLOAD);
        assertEquals("u_123", verifier.verifyUser("u_123", token, null).userId());
        assertEquals("acme", verifier.verifyGroup("acme", token, null).groupId());
        for (String other : new String[] {"u_124", "U_123", " u_123", "u_123\0", "acme"}) {
            assertRefused(RejectionReason.SUBJECT_MISMATCH, token, () -> verifier.verifyUser(other, token, null));
        }
        assertRefused(RejectionReason.SUBJECT_MISMATCH, token, () -> verifier.verifyGroup("u_123", token, null));
    }

    @Test
    void theClaimsReader_refusesADeepTextWithoutOverflow() {
        byte[] deep = ("{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}").getBytes(StandardCharsets.UTF_8);
        assertThrows(JsonException.class, () -> JsonReader.readObject(deep));
    }

    private VerificationException refused(RejectionReason reason, String token) {
        return assertRefused(reason, token, () -> verifier.verify(token, null));
    }

    private static String payload(String member, String replacement) {
        return Forge.token(Forge.HEADER, Forge.payloadWith(member, replacement));
    }
}
