package dev.countersign.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.countersign.server.hostile.Forge;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.identity.VerifiedIdentity;
import dev.countersign.server.jwt.JwtVerifier;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes the verification of tokens in two ways. An input that starts with {@code t} is a token: nothing passes but the
 * genuine ones, to the letter, for the fuzzer does not know the secret. One that starts with {@code c} is a header and
 * a payload, which the target itself signs: what passes must say the same to a strict parser that is not ours.
 */
class JwtFuzzTest {
    private static final Fuzzed FUZZED = new Fuzzed();
    private static final JwtVerifier VERIFIER = Forge.verifier();
    private static final Set<String> GENUINE = Set.of(
            Forge.token(Forge.HEADER, Forge.PAYLOAD),
            Forge.token(Forge.headerWith("\"kid\":\"primary\""), Forge.PAYLOAD),
            Forge.token(Forge.HEADER, Forge.payloadWith("\"sub\":\"u_123\",", "")));

    static Stream<byte[]> seeds() {
        Stream<byte[]> tokens = GENUINE.stream().map(token -> ("t" + token).getBytes(ISO_8859_1));
        Stream<byte[]> claims = Stream.of(
                        Forge.HEADER + "\n" + Forge.PAYLOAD,
                        Forge.headerWith("\"kid\":\"primary\"") + "\n" + Forge.PAYLOAD,
                        Forge.HEADER + "\n" + Forge.payloadWith("\"env_test\"", "[\"x\",\"env_test\"]"),
                        Forge.HEADER + "\n"
                                + Forge.payloadWith("{\"id\":\"acme\"}", "{\"id\":\"\\u00e9\",\"a\":[1,-2e3,null]}"))
                .map(parts -> ("c" + parts).getBytes(UTF_8));
        return Stream.concat(tokens, claims);
    }

    @MethodSource("seeds")
    @DictionaryEntries({
        "\"alg\"",
        "\"HS256\"",
        "\"none\"",
        "\"kid\"",
        "\"crit\"",
        "\"b64\"",
        "\"zip\"",
        "\"sub\"",
        "\"aud\""
    })
    @DictionaryEntries({
        "\"exp\"",
        "\"nbf\"",
        "\"iat\"",
        "\"nonce\"",
        "\"visitor\"",
        "\"account\"",
        "\"id\"",
        "\\u0061",
        "1e400",
        "null"
    })
    @FuzzTest(maxDuration = "10s")
    void whatPassesWasSigned(byte[] input) throws IOException {
        FUZZED.executed();
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        if (input[0] == 'c') {
            verifySigned(rest);
        } else {
            verifyToken(new String(rest, ISO_8859_1));
        }
    }

    private static void verifyToken(String token) {
        try {
            VERIFIER.verify(token, null);
        } catch (VerificationException refusal) {
            return;
        }
        FUZZED.accepted();
        assertTrue(GENUINE.contains(token), "accepted a token that nobody signed");
    }

    private static void verifySigned(byte[] parts) throws IOException {
        int line = 0;
        while (line < parts.length && parts[line] != '\n') {
            line++;
        }
        byte[] header = Arrays.copyOf(parts, line);
        byte[] payload = Arrays.copyOfRange(parts, Math.min(line + 1, parts.length), parts.length);
        String input = Forge.base64url(header) + "." + Forge.base64url(payload);
        VerifiedIdentity identity;
        try {
            identity = VERIFIER.verify(Forge.signed(input, Forge.PRIMARY), null);
        } catch (VerificationException refusal) {
            return;
        }
        FUZZED.accepted();
        assertFollowsTheRules(Peers.jackson(header), Peers.jackson(payload), identity);
    }

    /** The rules of the design, written anew over another parser's tree. */
    private static void assertFollowsTheRules(JsonNode header, JsonNode claims, VerifiedIdentity identity) {
        assertEquals("HS256", header.path("alg").textValue());
        assertTrue(!header.has("crit") && !header.has("b64") && !header.has("zip"));
        assertTrue(!header.has("kid") || "primary".equals(header.path("kid").textValue()));
        assertTrue(
                !claims.path("nonce").asText().isEmpty() && claims.path("nonce").isTextual());
        JsonNode aud = claims.path("aud");
        boolean ours = Forge.AUDIENCE.equals(aud.textValue());
        for (JsonNode one : aud) {
            ours |= Forge.AUDIENCE.equals(one.textValue());
        }
        assertTrue(ours, "audience");
        assertTrue(!claims.has("exp") || claims.get("exp").doubleValue() > Forge.SECOND - 60.001);
        assertTrue(!claims.has("nbf") || claims.get("nbf").doubleValue() < Forge.SECOND + 60.001);
        assertTrue(!claims.has("iat") || claims.get("iat").doubleValue() < Forge.SECOND + 60.001);
        JsonNode visitorId = claims.path("visitor").path("id");
        if (claims.has("sub")) {
            assertEquals(claims.get("sub").textValue(), identity.userId());
            assertTrue(visitorId.isMissingNode() || visitorId.equals(claims.get("sub")), "sub and visitor.id");
        } else {
            assertEquals(textOrNull(visitorId), identity.userId());
        }
        assertEquals(textOrNull(claims.path("account").path("id")), identity.groupId());
        Peers.assertSame(claims, identity.claims());
    }

    private static String textOrNull(JsonNode id) {
        assertTrue(id.isMissingNode() || id.isTextual(), "an id that is no text");
        return id.isMissingNode() || id.textValue().isEmpty() ? null : id.textValue();
    }

    @AfterAll
    static void fuzzed() {
        FUZZED.assertFuzzed("JWT verify");
    }
}
