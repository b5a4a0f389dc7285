package dev.countersign.server.hostile;

import static dev.countersign.server.hmac.HmacFormat.BASE64;
import static dev.countersign.server.hmac.HmacFormat.HEX;
import static dev.countersign.server.hmac.HmacFormat.HMAC_V1;
import static dev.countersign.server.hostile.Refusals.assertRefused;
import static dev.countersign.server.identity.RejectionReason.MALFORMED;
import static dev.countersign.server.identity.RejectionReason.MISSING;
import static dev.countersign.server.identity.RejectionReason.REVOKED_KEY;
import static dev.countersign.server.identity.RejectionReason.SIGNATURE_MISMATCH;
import static dev.countersign.server.identity.RejectionReason.UNKNOWN_KEY;
import static dev.countersign.server.identity.RejectionReason.UNSUPPORTED_SCHEME;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.hmac.HmacVerifier;
import dev.countersign.server.identity.RejectionReason;
import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.key.KeySource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HMAC proofs that must not pass, each with the reason it must be given. */
@Tag("R23")
@Tag("R24")
@Tag("R27")
class HostileSignaturesTest {
    private static final String ID = "u_123";
    private static final byte[] MAC = Forge.macOf(Forge.PRIMARY, ID);
    private static final String HEX_PROOF = HexFormat.of().formatHex(MAC);
    private static final String BASE64_PROOF = Base64.getEncoder().encodeToString(MAC);
    private static final String V1_PROOF = "hmac_v1:" + HEX_PROOF;

    record Row(
            HmacFormat format,
            String description,
            String id,
            @Nullable String proof,
            @Nullable String keyId,
            RejectionReason reason) {
        @Override
        public String toString() {
            return format + ": " + description + " -> " + reason;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(hex(), base64(), v1(), keys(), ids()).flatMap(rows -> rows);
    }

    private static Stream<Row> hex() {
        return Stream.of(
                row(HEX, "no proof", null, MISSING),
                row(HEX, "an empty proof", "", MISSING),
                row(HEX, "upper case", HEX_PROOF.toUpperCase(), MALFORMED),
                row(HEX, "one letter in upper case", mixedCase(), MALFORMED),
                row(HEX, "full-width digits", digits(0xFF10), MALFORMED),
                row(HEX, "Arabic digits", digits(0x0660), MALFORMED),
                row(HEX, "a digit whose low byte is the genuine one", digits(0x0100 + '0'), MALFORMED),
                row(HEX, "63 digits", HEX_PROOF.substring(1), MALFORMED),
                row(HEX, "65 digits", HEX_PROOF + "0", MALFORMED),
                row(HEX, "128 digits", HEX_PROOF + HEX_PROOF, MALFORMED),
                row(HEX, "a newline after it", HEX_PROOF + "\n", MALFORMED),
                row(HEX, "a newline instead of the last digit", HEX_PROOF.substring(1) + "\n", MALFORMED),
                row(HEX, "a space before it", " " + HEX_PROOF, MALFORMED),
                row(HEX, "0x before it", "0x" + HEX_PROOF, MALFORMED),
                row(HEX, "0x within its length", "0x" + HEX_PROOF.substring(2), MALFORMED),
                row(HEX, "the v1 prefix before it", V1_PROOF, MALFORMED),
                row(HEX, "Python's b'…'", "b'" + HEX_PROOF + "'", MALFORMED),
                row(HEX, "quotes around it", '"' + HEX_PROOF + '"', MALFORMED),
                row(HEX, "colons between the bytes", HexFormat.ofDelimiter(":").formatHex(MAC), MALFORMED),
                row(HEX, "Base64", BASE64_PROOF, MALFORMED),
                row(HEX, "a letter beyond f", "g" + HEX_PROOF.substring(1), MALFORMED),
                row(HEX, "the word undefined", "undefined", MALFORMED),
                row(HEX, "16 MiB", "a".repeat(16 << 20), MALFORMED),
                row(HEX, "64 zeros", "0".repeat(64), SIGNATURE_MISMATCH),
                row(HEX, "the MAC's bytes reversed", reversed(), SIGNATURE_MISMATCH));
    }

    private static Stream<Row> base64() {
        String body = BASE64_PROOF.substring(0, 43);
        return Stream.of(
                row(BASE64, "an empty proof", "", MISSING),
                row(BASE64, "unpadded", body, MALFORMED),
                row(BASE64, "padded twice", BASE64_PROOF + "=", MALFORMED),
                row(BASE64, "43 characters and two paddings in 44", body.substring(0, 42) + "==", MALFORMED),
                row(BASE64, "stray low bits", strayBits(), MALFORMED),
                row(BASE64, "Ruby's newline", BASE64_PROOF + "\n", MALFORMED),
                row(BASE64, "CR LF", BASE64_PROOF + "\r\n", MALFORMED),
                row(BASE64, "a newline instead of the padding", body + "\n", MALFORMED),
                row(
                        BASE64,
                        "a newline within",
                        BASE64_PROOF.substring(0, 20) + "\n" + BASE64_PROOF.substring(20),
                        MALFORMED),
                row(BASE64, "the URL alphabet", urlAlphabet(), MALFORMED),
                row(BASE64, "a plus that became a space", plusAsSpace(), MALFORMED),
                row(BASE64, "percent-encoded padding", body + "%3D", MALFORMED),
                row(BASE64, "a full-width character", "\uFF21" + BASE64_PROOF.substring(1), MALFORMED),
                row(
                        BASE64,
                        "a character beyond ASCII before the padding",
                        body.substring(0, 42) + "\u00E9=",
                        MALFORMED),
                row(BASE64, "the hex in Base64", Base64.getEncoder().encodeToString(HEX_PROOF.getBytes()), MALFORMED),
                row(BASE64, "the hex", HEX_PROOF, MALFORMED),
                row(BASE64, "Python's b'…'", "b'" + BASE64_PROOF + "'", MALFORMED),
                row(BASE64, "31 bytes", Base64.getEncoder().encodeToString(new byte[31]), MALFORMED),
                row(BASE64, "33 bytes", Base64.getEncoder().encodeToString(new byte[33]), MALFORMED),
                row(BASE64, "32 zero bytes", Base64.getEncoder().encodeToString(new byte[32]), SIGNATURE_MISMATCH));
    }

    private static Stream<Row> v1() {
        return Stream.of(
                row(HMAC_V1, "an empty proof", "", MISSING),
                row(HMAC_V1, "hmac_v2:", "hmac_v2:" + HEX_PROOF, UNSUPPORTED_SCHEME),
                row(HMAC_V1, "HMAC_V1:", "HMAC_V1:" + HEX_PROOF, UNSUPPORTED_SCHEME),
                row(HMAC_V1, "hmac_v1;", "hmac_v1;" + HEX_PROOF, UNSUPPORTED_SCHEME),
                row(HMAC_V1, "hmac_v10:", "hmac_v10:" + HEX_PROOF, UNSUPPORTED_SCHEME),
                row(HMAC_V1, "bare hex", HEX_PROOF, UNSUPPORTED_SCHEME),
                row(HMAC_V1, "a space before it", " " + V1_PROOF, UNSUPPORTED_SCHEME),
                row(HMAC_V1, "a byte-order mark before it", "\uFEFF" + V1_PROOF, UNSUPPORTED_SCHEME),
                row(HMAC_V1, "a JWT", Forge.token(Forge.HEADER, Forge.PAYLOAD), UNSUPPORTED_SCHEME),
                row(HMAC_V1, "the prefix twice", "hmac_v1:" + V1_PROOF, MALFORMED),
                row(HMAC_V1, "the prefix alone", "hmac_v1:", MALFORMED),
                row(HMAC_V1, "upper case", "hmac_v1:" + HEX_PROOF.toUpperCase(), MALFORMED),
                row(HMAC_V1, "a space after the prefix", "hmac_v1: " + HEX_PROOF, MALFORMED),
                row(HMAC_V1, "a newline after it", V1_PROOF + "\n", MALFORMED),
                row(HMAC_V1, "Base64 after the prefix", "hmac_v1:" + BASE64_PROOF, MALFORMED),
                row(HMAC_V1, "full-width digits", "hmac_v1:" + digits(0xFF10), MALFORMED),
                row(
                        HMAC_V1,
                        "the MAC of the prefixed id",
                        "hmac_v1:" + hex(Forge.PRIMARY, "hmac_v1:" + ID),
                        SIGNATURE_MISMATCH));
    }

    private static Stream<Row> keys() {
        return Stream.of(
                keyed("revoked", hex(Forge.REVOKED, ID), "revoked", REVOKED_KEY),
                keyed("revoked, made with the primary", HEX_PROOF, "revoked", REVOKED_KEY),
                keyed("revoked, named by nobody", hex(Forge.REVOKED, ID), null, SIGNATURE_MISMATCH),
                keyed("unknown", HEX_PROOF, "2020-01", UNKNOWN_KEY),
                keyed("empty name", HEX_PROOF, "", UNKNOWN_KEY),
                keyed("name of 1 MiB", HEX_PROOF, "k".repeat(1 << 20), UNKNOWN_KEY),
                keyed("name in another case", HEX_PROOF, "PRIMARY", UNKNOWN_KEY),
                keyed("another active key's name", HEX_PROOF, "pending", SIGNATURE_MISMATCH),
                keyed("another environment's MAC", hex(Forge.FOREIGN, ID), "primary", SIGNATURE_MISMATCH),
                keyed("another environment's MAC, named by nobody", hex(Forge.FOREIGN, ID), null, SIGNATURE_MISMATCH),
                keyed("key and id swapped", hex(ID, Forge.PRIMARY), null, SIGNATURE_MISMATCH));
    }

    private static Stream<Row> ids() {
        return Stream.of(
                identified("empty", "", MALFORMED),
                identified("257 code points", "x".repeat(257), MALFORMED),
                identified("257 code points beyond the BMP", "\uD83D\uDD11".repeat(257), MALFORMED),
                identified("a lone high surrogate", "u\uD83D", MALFORMED),
                identified("a lone low surrogate", "\uDD11u", MALFORMED),
                identified("a question mark where a lone surrogate was signed", "u\uDC00", MALFORMED),
                new Row(HEX, "id: trimmed", " " + ID, HEX_PROOF, null, SIGNATURE_MISMATCH),
                new Row(HEX, "id: in another case", "U_123", HEX_PROOF, null, SIGNATURE_MISMATCH),
                new Row(HEX, "id: with a NUL", ID + "\0", HEX_PROOF, null, SIGNATURE_MISMATCH),
                new Row(HEX, "id: decomposed", "e\u0301", hex(Forge.PRIMARY, "\u00E9"), null, SIGNATURE_MISMATCH),
                new Row(HEX, "id: composed", "\u00E9", hex(Forge.PRIMARY, "e\u0301"), null, SIGNATURE_MISMATCH),
                new Row(HEX, "id: 0123 for 123", "123", hex(Forge.PRIMARY, "0123"), null, SIGNATURE_MISMATCH));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aHostileSignature_isRefusedWithItsReason(Row row) {
        HmacVerifier verifier = verifier(row.format());
        String proof = row.proof() == null ? "" : row.proof();
        assertRefused(row.reason(), proof, () -> verifier.verifyUser(row.id(), row.proof(), row.keyId()));
        assertRefused(row.reason(), proof, () -> verifier.verifyGroup(row.id(), row.proof(), row.keyId()));
    }

    @Test
    @Tag("R42")
    void theGenuineSpelling_isAcceptedUnderEveryActiveKey() throws VerificationException {
        assertEquals("primary", verifier(HEX).verifyUser(ID, HEX_PROOF, null).keyId());
        assertEquals(
                "primary",
                verifier(BASE64).verifyUser(ID, BASE64_PROOF, "primary").keyId());
        assertEquals("primary", verifier(HMAC_V1).verifyUser(ID, V1_PROOF, null).keyId());
        String pending = hex(Forge.PENDING, ID);
        assertEquals("pending", verifier(HEX).verifyUser(ID, pending, null).keyId());
        assertEquals(
                "pending", verifier(HEX).verifyGroup(ID, pending, "pending").keyId());
        assertEquals(
                "retiring",
                verifier(HEX)
                        .verifyUser(ID, hex(Forge.RETIRING, ID), "retiring")
                        .keyId());
        String longest = "\uD83D\uDD11".repeat(256);
        assertEquals(
                longest,
                verifier(HEX)
                        .verifyUser(longest, hex(Forge.PRIMARY, longest), null)
                        .userId());
    }

    private static HmacVerifier verifier(HmacFormat format) {
        return HmacVerifier.create(format, KeySource.of(Forge.ring()));
    }

    private static Row row(HmacFormat format, String description, @Nullable String proof, RejectionReason reason) {
        return new Row(format, description, ID, proof, null, reason);
    }

    private static Row keyed(String description, String proof, @Nullable String keyId, RejectionReason reason) {
        return new Row(HEX, "key: " + description, ID, proof, keyId, reason);
    }

    /** The genuine MAC of what the JDK makes of the id. */
    private static Row identified(String description, String id, RejectionReason reason) {
        return new Row(HEX, "id: " + description, id, hex(Forge.PRIMARY, id), null, reason);
    }

    private static String hex(String secret, String id) {
        return HexFormat.of().formatHex(Forge.macOf(secret, id));
    }

    private static String mixedCase() {
        int letter = HEX_PROOF.replaceAll("[a-f].*", "").length();
        return HEX_PROOF.substring(0, letter)
                + Character.toUpperCase(HEX_PROOF.charAt(letter))
                + HEX_PROOF.substring(letter + 1);
    }

    /** The digits 0 to 9 of the proof, taken from where this zero starts. */
    private static String digits(int zero) {
        StringBuilder proof = new StringBuilder();
        HEX_PROOF.chars().forEach(c -> proof.append((char) (c <= '9' ? zero + (c - '0') : c)));
        return proof.toString();
    }

    private static String reversed() {
        byte[] bytes = new byte[MAC.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = MAC[MAC.length - 1 - i];
        }
        return HexFormat.of().formatHex(bytes);
    }

    private static String strayBits() {
        return BASE64_PROOF.substring(0, 42) + (char) (BASE64_PROOF.charAt(42) + 1) + "=";
    }

    private static String urlAlphabet() {
        String proof = BASE64_PROOF.contains("+") || BASE64_PROOF.contains("/")
                ? BASE64_PROOF
                : "+" + BASE64_PROOF.substring(1);
        return proof.replace('+', '-').replace('/', '_');
    }

    private static String plusAsSpace() {
        return " " + BASE64_PROOF.substring(1);
    }
}
