package dev.countersign.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.hostile.Forge;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.key.KeySource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fuzzes the HMAC forms. The first byte picks a form, or the id: a proof passes only as the one spelling of the one
 * MAC, and an id, whose MAC the target makes itself, only when it is 1 to 256 whole code points.
 */
class ProofFuzzTest {
    private static final Fuzzed FUZZED = new Fuzzed();
    private static final String ID = "u_123";
    private static final byte[] MAC = Forge.macOf(Forge.PRIMARY, ID);
    private static final Map<HmacFormat, String> GENUINE = Map.of(
            HmacFormat.HEX, HexFormat.of().formatHex(MAC),
            HmacFormat.BASE64, Base64.getEncoder().encodeToString(MAC),
            HmacFormat.HMAC_V1, "hmac_v1:" + HexFormat.of().formatHex(MAC));
    private static final List<HmacFormat> FORMATS = List.of(HmacFormat.values());
    private static final KeySource KEYS = KeySource.of(Forge.ring());

    static Stream<byte[]> seeds() {
        Stream<byte[]> proofs =
                FORMATS.stream().map(format -> (format.ordinal() + GENUINE.get(format)).getBytes(UTF_8));
        Stream<byte[]> ids = Stream.of("u_123", "u?", "\u00E9", "\uD83D\uDD11", "x".repeat(256), "x".repeat(257))
                .map(id -> ("i" + new String(id.getBytes(UTF_16BE), ISO_8859_1)).getBytes(ISO_8859_1));
        return Stream.concat(proofs, ids);
    }

    @MethodSource("seeds")
    @DictionaryEntries({"hmac_v1:", "hmac_v2:", "HMAC_V1:", "=", "==", "0x", "b'"})
    @FuzzTest(maxDuration = "10s")
    void onlyTheGenuineSpellingPasses(byte[] input) {
        FUZZED.executed();
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        if (input[0] == 'i') {
            verifyId(text(rest));
        } else {
            verifyProof(FORMATS.get((input[0] & 0xFF) % FORMATS.size()), new String(rest, UTF_8));
        }
    }

    private static void verifyProof(HmacFormat format, String proof) {
        if (passes(format, ID, proof)) {
            FUZZED.accepted();
            assertEquals(GENUINE.get(format), proof);
        }
    }

    private static void verifyId(String id) {
        String proof = HexFormat.of().formatHex(Forge.macOf(Forge.PRIMARY, id));
        boolean wellFormed = UTF_8.newEncoder().canEncode(id);
        long codePoints = id.codePoints().count();
        boolean passed = passes(HmacFormat.HEX, id, proof);
        assertEquals(wellFormed && codePoints >= 1 && codePoints <= 256, passed, () -> "an id of " + codePoints);
    }

    private static boolean passes(HmacFormat format, String id, String proof) {
        try {
            HmacVerifier.create(format, KEYS).verifyUser(id, proof, null);
            return true;
        } catch (VerificationException refusal) {
            return false;
        }
    }

    /** Pairs of bytes as they are, so that halves of surrogate pairs occur. */
    private static String text(byte[] utf16) {
        return ByteBuffer.wrap(utf16).asCharBuffer().toString();
    }

    @AfterAll
    static void fuzzed() {
        FUZZED.assertFuzzed("HMAC proofs");
    }
}
