package dev.countersign.server.hostile;

import static dev.countersign.server.hostile.TokenRow.header;
import static dev.countersign.server.identity.RejectionReason.ALGORITHM_NOT_ALLOWED;
import static dev.countersign.server.identity.RejectionReason.MALFORMED;
import static dev.countersign.server.identity.RejectionReason.SIGNATURE_MISMATCH;
import static dev.countersign.server.identity.RejectionReason.UNSUPPORTED_SCHEME;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Tokens whose header lies about the algorithm, asks for features, or is read in two ways. */
final class HeaderRows {
    private HeaderRows() {}

    static Stream<TokenRow> rows() {
        return Stream.of(algorithms(), otherMacs(), features(), json()).flatMap(rows -> rows);
    }

    private static Stream<TokenRow> algorithms() {
        return Stream.of(
                header("alg none over a genuine HS256 MAC", "{\"alg\":\"none\"}", ALGORITHM_NOT_ALLOWED),
                header("alg nOnE", "{\"alg\":\"nOnE\"}", ALGORITHM_NOT_ALLOWED),
                header("RS256 with the HMAC key", "{\"alg\":\"RS256\"}", ALGORITHM_NOT_ALLOWED),
                header("no alg", "{\"typ\":\"JWT\"}", ALGORITHM_NOT_ALLOWED),
                header("no member at all", "{}", ALGORITHM_NOT_ALLOWED),
                header("alg in lower case", "{\"alg\":\"hs256\"}", ALGORITHM_NOT_ALLOWED),
                header("the name ALG", "{\"ALG\":\"HS256\"}", ALGORITHM_NOT_ALLOWED),
                header("alg with a space after it", "{\"alg\":\"HS256 \"}", ALGORITHM_NOT_ALLOWED),
                header("alg with a NUL after it", "{\"alg\":\"HS256\\u0000\"}", ALGORITHM_NOT_ALLOWED),
                header("alg in full-width letters", "{\"alg\":\"ＨＳ２５６\"}", ALGORITHM_NOT_ALLOWED),
                header("alg empty", "{\"alg\":\"\"}", ALGORITHM_NOT_ALLOWED),
                header("alg null", "{\"alg\":null}", ALGORITHM_NOT_ALLOWED),
                header("alg a number", "{\"alg\":256}", ALGORITHM_NOT_ALLOWED),
                header("alg an array", "{\"alg\":[\"HS256\"]}", ALGORITHM_NOT_ALLOWED),
                header("alg twice, the same", "{\"alg\":\"HS256\",\"alg\":\"HS256\"}", MALFORMED),
                header("alg twice, the last one good", "{\"alg\":\"none\",\"alg\":\"HS256\"}", MALFORMED),
                header("alg twice, the first one good", "{\"alg\":\"HS256\",\"alg\":\"none\"}", MALFORMED),
                header("alg twice, once escaped", "{\"\\u0061lg\":\"none\",\"alg\":\"HS256\"}", MALFORMED));
    }

    /** Tokens that are genuine under another algorithm and this very key. */
    private static Stream<TokenRow> otherMacs() {
        return Stream.of(
                other("HS384 with the same key", "HS384", "HmacSHA384"),
                other("HS512 with the same key", "HS512", "HmacSHA512"),
                TokenRow.of("alg none without a signature", unsigned("none"), ALGORITHM_NOT_ALLOWED),
                TokenRow.of("alg NONE without a signature", unsigned("NONE"), ALGORITHM_NOT_ALLOWED),
                TokenRow.of("alg ES256 with 64 bytes", withSignature("ES256", 64), ALGORITHM_NOT_ALLOWED),
                TokenRow.of("alg RS256 with 256 bytes", withSignature("RS256", 256), ALGORITHM_NOT_ALLOWED),
                TokenRow.of("HS512's MAC under alg HS256", mislabelled(), MALFORMED),
                TokenRow.of(
                        "a key of its own in jwk",
                        Forge.signed(
                                Forge.base64url(Forge.headerWith("\"jwk\":{\"kty\":\"oct\",\"k\":\""
                                                + Forge.base64url(Forge.FOREIGN) + "\"}"))
                                        + "." + Forge.base64url(Forge.PAYLOAD),
                                Forge.FOREIGN),
                        SIGNATURE_MISMATCH));
    }

    private static Stream<TokenRow> features() {
        return Stream.of(
                header("unknown crit", Forge.headerWith("\"crit\":[\"exp\"],\"exp\":1"), UNSUPPORTED_SCHEME),
                header("crit that names a known member", Forge.headerWith("\"crit\":[\"alg\"]"), UNSUPPORTED_SCHEME),
                header("empty crit", Forge.headerWith("\"crit\":[]"), UNSUPPORTED_SCHEME),
                header("crit null", Forge.headerWith("\"crit\":null"), UNSUPPORTED_SCHEME),
                header("crit a string", Forge.headerWith("\"crit\":\"exp\""), UNSUPPORTED_SCHEME),
                header("crit, escaped", Forge.headerWith("\"\\u0063rit\":[]"), UNSUPPORTED_SCHEME),
                header("b64 false", Forge.headerWith("\"b64\":false,\"crit\":[\"b64\"]"), UNSUPPORTED_SCHEME),
                header("b64 true", Forge.headerWith("\"b64\":true"), UNSUPPORTED_SCHEME),
                header("zip over a plain payload", Forge.headerWith("\"zip\":\"DEF\""), UNSUPPORTED_SCHEME),
                TokenRow.of("zip over a deflated payload", deflated(), UNSUPPORTED_SCHEME),
                header("kid a number", Forge.headerWith("\"kid\":1"), MALFORMED),
                header("kid null", Forge.headerWith("\"kid\":null"), MALFORMED),
                header("kid an array", Forge.headerWith("\"kid\":[\"primary\"]"), MALFORMED),
                header("kid an object", Forge.headerWith("\"kid\":{\"id\":\"primary\"}"), MALFORMED),
                header("kid twice", Forge.headerWith("\"kid\":\"primary\",\"kid\":\"pending\""), MALFORMED),
                header(
                        "kid twice, once escaped",
                        Forge.headerWith("\"kid\":\"primary\",\"k\\u0069d\":\"p\""),
                        MALFORMED));
    }

    private static Stream<TokenRow> json() {
        return Stream.of(
                header("an array", "[{\"alg\":\"HS256\"}]", MALFORMED),
                header("a string", "\"HS256\"", MALFORMED),
                header("null", "null", MALFORMED),
                header("text after the object", Forge.HEADER + "x", MALFORMED),
                header("a second object", Forge.HEADER + Forge.HEADER, MALFORMED),
                header("a byte-order mark", "\uFEFF" + Forge.HEADER, MALFORMED),
                header("a comment", "{\"alg\":\"HS256\"/*x*/}", MALFORMED),
                header("single quotes", "{'alg':'HS256'}", MALFORMED),
                header("no quotes", "{alg:\"HS256\"}", MALFORMED),
                header("a comma too many", "{\"alg\":\"HS256\",}", MALFORMED),
                header("UTF-16", Forge.HEADER.getBytes(StandardCharsets.UTF_16LE), MALFORMED),
                header("invalid UTF-8", Forge.bytes("{\"alg\":\"HS256\",\"x\":\"", new int[] {0xFF}, "\"}"), MALFORMED),
                header("nested 17 deep", Forge.headerWith("\"x\":" + "[".repeat(16) + "]".repeat(16)), MALFORMED),
                header("nested 4,000 deep", Forge.headerWith("\"x\":" + "[".repeat(4000)), MALFORMED));
    }

    private static TokenRow other(String description, String alg, String macName) {
        String input = Forge.base64url("{\"alg\":\"" + alg + "\"}") + "." + Forge.base64url(Forge.PAYLOAD);
        return TokenRow.of(description, Forge.signed(macName, input, Forge.PRIMARY), ALGORITHM_NOT_ALLOWED);
    }

    private static String unsigned(String alg) {
        return Forge.base64url("{\"alg\":\"" + alg + "\"}") + "." + Forge.base64url(Forge.PAYLOAD) + ".";
    }

    private static String withSignature(String alg, int bytes) {
        return unsigned(alg) + Forge.base64url(new byte[bytes]);
    }

    private static String mislabelled() {
        String input = Forge.base64url(Forge.HEADER) + "." + Forge.base64url(Forge.PAYLOAD);
        return Forge.signed("HmacSHA512", input, Forge.PRIMARY);
    }

    private static String deflated() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var deflate = new DeflaterOutputStream(bytes, new Deflater(9, true))) {
            deflate.write(Forge.PAYLOAD.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String header = Forge.base64url(Forge.headerWith("\"zip\":\"DEF\""));
        return Forge.signed(header + "." + Forge.base64url(bytes.toByteArray()), Forge.PRIMARY);
    }
}
