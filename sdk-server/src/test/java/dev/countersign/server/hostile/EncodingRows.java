package dev.countersign.server.hostile;

import static dev.countersign.server.identity.RejectionReason.MALFORMED;
import static dev.countersign.server.identity.RejectionReason.MISSING;
import static dev.countersign.server.identity.RejectionReason.SIGNATURE_MISMATCH;
import static dev.countersign.server.identity.RejectionReason.TOO_LARGE;

import dev.countersign.server.identity.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

/** Tokens whose segments are spelled in another way, cut, joined or too large; and wrong MACs of the right shape. */
final class EncodingRows {
    private static final String HEADER = Forge.base64url(Forge.HEADER);
    private static final String PAYLOAD = Forge.base64url(Forge.PAYLOAD);
    private static final String INPUT = HEADER + "." + PAYLOAD;
    private static final String TOKEN = Forge.signed(INPUT, Forge.PRIMARY);
    private static final String SIGNATURE = TOKEN.substring(INPUT.length() + 1);

    private EncodingRows() {}

    static Stream<TokenRow> rows() {
        return Stream.of(base64(), whiteSpace(), segments(), sizes(), macs()).flatMap(rows -> rows);
    }

    private static Stream<TokenRow> base64() {
        // One byte above a multiple of three: four needless bits in the last character.
        String header28 = Forge.base64url("{\"alg\":\"HS256\",\"typ\":\"JWT\" }");
        String payload2 = Forge.base64url(Forge.PAYLOAD + " ".repeat((4 - Forge.PAYLOAD.length() % 3) % 3));
        return Stream.of(
                row("the signature's needless bits set", INPUT + "." + strayBits(SIGNATURE), MALFORMED),
                resigned("the header's needless bits set", strayBits(header28) + "." + PAYLOAD),
                resigned("the payload's needless bits set", HEADER + "." + strayBits(payload2)),
                row("a padded signature", TOKEN + "=", MALFORMED),
                row("a signature that ends in padding", TOKEN.substring(0, TOKEN.length() - 1) + "=", MALFORMED),
                resigned("a padded header", padded(header28) + "." + PAYLOAD),
                resigned("a padded payload", HEADER + "." + padded(payload2)),
                resigned(
                        "padding inside the payload",
                        HEADER + "." + payload2.substring(0, 8) + "=" + payload2.substring(8)),
                row("a signature in the standard alphabet", standardAlphabet(), MALFORMED),
                resigned("a payload in the standard alphabet", HEADER + "." + standardPayload()),
                row("a character whose low byte is the genuine one", wideCharacter(), MALFORMED),
                row("a question mark", INPUT + ".?" + SIGNATURE.substring(1), MALFORMED),
                resigned("a header of 4n+1 characters", HEADER + "A." + PAYLOAD),
                row("the hex of the MAC", INPUT + "." + hex(SIGNATURE), MALFORMED),
                row("percent-encoded dots", TOKEN.replace(".", "%2E"), MALFORMED));
    }

    private static Stream<TokenRow> whiteSpace() {
        int middle = INPUT.length() + 20;
        return Stream.of(
                row("a newline at the end", TOKEN + "\n", MALFORMED),
                row(
                        "a newline instead of the last character",
                        TOKEN.substring(0, TOKEN.length() - 1) + "\n",
                        MALFORMED),
                row(
                        "a newline in the signature",
                        TOKEN.substring(0, middle) + "\n" + TOKEN.substring(middle),
                        MALFORMED),
                row("a space before", " " + TOKEN, MALFORMED),
                row("a space after", TOKEN + " ", MALFORMED),
                row("a NUL after", TOKEN + "\0", MALFORMED),
                row("a zero-width space after", TOKEN + "\u200B", MALFORMED),
                row("a byte-order mark before", "\uFEFF" + TOKEN, MALFORMED),
                resigned(
                        "a newline in the payload",
                        HEADER + "." + PAYLOAD.substring(0, 76) + "\n" + PAYLOAD.substring(76)),
                resigned(
                        "a CR LF in the header", HEADER.substring(0, 4) + "\r\n" + HEADER.substring(4) + "." + PAYLOAD),
                resigned("a tab before the payload", HEADER + ".\t" + PAYLOAD));
    }

    private static Stream<TokenRow> segments() {
        return Stream.of(
                row("no token", null, MISSING),
                row("an empty token", "", MISSING),
                row("one dot", ".", MALFORMED),
                row("two dots", "..", MALFORMED),
                row("five empty segments", "....", MALFORMED),
                row("one segment", HEADER, MALFORMED),
                row("two segments", INPUT, MALFORMED),
                row("an HS256 token without its signature", INPUT + ".", MALFORMED),
                row("four segments", TOKEN + ".", MALFORMED),
                row(
                        "four segments, 43 characters after the second dot",
                        INPUT + "." + SIGNATURE.substring(0, 21) + "." + SIGNATURE.substring(22),
                        MALFORMED),
                row("five segments, as a JWE has", HEADER + ".." + TOKEN, MALFORMED),
                resigned("an empty header", "." + PAYLOAD),
                row("a signature of 42 characters", TOKEN.substring(0, TOKEN.length() - 1), MALFORMED),
                row("a MAC cut to 16 bytes", TOKEN.substring(0, INPUT.length() + 23), MALFORMED),
                row("a leading Bearer", "Bearer " + TOKEN, MALFORMED),
                row("quotes around it", '"' + TOKEN + '"', MALFORMED),
                row(
                        "the JSON serialization",
                        "{\"protected\":\"" + HEADER + "\",\"payload\":\"" + PAYLOAD + "\",\"signature\":\"" + SIGNATURE
                                + "\"}",
                        MALFORMED),
                row("an HMAC proof instead", "hmac_v1:" + hex(SIGNATURE), MALFORMED));
    }

    private static Stream<TokenRow> sizes() {
        return Stream.of(
                row("genuine, 8,193 characters", sized(8193), TOO_LARGE),
                row("20,000 deep", Forge.token(Forge.HEADER, "[".repeat(20_000)), TOO_LARGE),
                row("a million dots", ".".repeat(1_000_000), TOO_LARGE),
                row("16 MiB of nothing", "A".repeat(16 << 20), TOO_LARGE));
    }

    private static Stream<TokenRow> macs() {
        byte[] zero = new byte[32];
        return Stream.of(
                row("a MAC of zeros", INPUT + "." + Forge.base64url(zero), SIGNATURE_MISMATCH),
                row(
                        "one bit of the payload changed",
                        HEADER + "." + PAYLOAD.replace('x', 'y').replaceFirst("e", "f") + "." + SIGNATURE,
                        SIGNATURE_MISMATCH),
                row("the MAC of another token", INPUT + "." + otherSignature(), SIGNATURE_MISMATCH),
                row(
                        "header and payload swapped",
                        PAYLOAD + "." + HEADER + "." + SIGNATURE,
                        RejectionReason.ALGORITHM_NOT_ALLOWED),
                signedBy("the MAC of the payload alone", PAYLOAD),
                signedBy("the MAC of the decoded payload", Forge.PAYLOAD),
                signedBy("the MAC with the dot after the payload", INPUT + "."),
                row("the MAC under the Base64-decoded secret", withSecret("c2VjcmV0"), SIGNATURE_MISMATCH),
                row(
                        "the MAC under the secret in upper case",
                        withSecret(Forge.PRIMARY.toUpperCase()),
                        SIGNATURE_MISMATCH),
                row("the MAC under the secret and a newline", withSecret(Forge.PRIMARY + "\n"), SIGNATURE_MISMATCH));
    }

    /** A token of exactly this many characters, genuine but for its size: 8192 is accepted. */
    static String sized(int length) {
        for (int filler = 0; filler < 8192; filler++) {
            String payload = Forge.payloadWith("\"n1\"", "\"" + "n".repeat(filler) + "\"");
            for (String header : new String[] {Forge.HEADER, Forge.HEADER + " ", Forge.HEADER + "  "}) {
                if (Forge.base64url(header).length() + 4 * payload.length() / 3 + 45 >= length - 2) {
                    String token = Forge.token(header, payload);
                    if (token.length() == length) {
                        return token;
                    }
                }
            }
        }
        throw new AssertionError("no token has " + length + " characters");
    }

    private static TokenRow row(String description, String token, RejectionReason reason) {
        return TokenRow.of("encoding: " + description, token, reason);
    }

    /** Signed as it stands: nothing but its spelling is wrong. */
    private static TokenRow resigned(String description, String input) {
        return row(description, Forge.signed(input, Forge.PRIMARY), MALFORMED);
    }

    private static TokenRow signedBy(String description, String message) {
        byte[] mac = Forge.macOf(Forge.PRIMARY, message);
        return row(description, INPUT + "." + Forge.base64url(mac), SIGNATURE_MISMATCH);
    }

    private static String withSecret(String secret) {
        return Forge.signed(INPUT, secret);
    }

    /** The same bytes with the lowest bit of the last character set. */
    private static String strayBits(String base64url) {
        char last = base64url.charAt(base64url.length() - 1);
        String spelled = base64url.substring(0, base64url.length() - 1) + (char) (last + 1);
        boolean same = java.util.Arrays.equals(
                Base64.getUrlDecoder().decode(base64url), Base64.getUrlDecoder().decode(spelled));
        if (!same) {
            throw new AssertionError("not another spelling of the same bytes");
        }
        return spelled;
    }

    private static String padded(String base64url) {
        return base64url + "=".repeat(3 - (base64url.length() + 3) % 4);
    }

    private static String standardAlphabet() {
        for (int i = 0; ; i++) {
            String token = Forge.token(Forge.HEADER, Forge.payloadWith("\"n1\"", "\"n" + i + "\""));
            int signature = token.lastIndexOf('.');
            if (token.indexOf('-', signature) > 0 && token.indexOf('_', signature) > 0) {
                return token.substring(0, signature)
                        + token.substring(signature).replace('-', '+').replace('_', '/');
            }
        }
    }

    private static String standardPayload() {
        String payload = Forge.payloadWith("\"acme\"", "\"??>>~~\"");
        String standard = Base64.getEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        if (!standard.contains("/") && !standard.contains("+")) {
            throw new AssertionError("the payload shows no difference between the alphabets");
        }
        return standard;
    }

    private static String wideCharacter() {
        char first = SIGNATURE.charAt(0);
        return INPUT + "." + (char) (first + 0x100) + SIGNATURE.substring(1);
    }

    private static String otherSignature() {
        String other = Forge.token(Forge.HEADER, Forge.payloadWith("\"n1\"", "\"n2\""));
        return other.substring(other.lastIndexOf('.') + 1);
    }

    private static String hex(String base64url) {
        return java.util.HexFormat.of().formatHex(Base64.getUrlDecoder().decode(base64url));
    }
}
