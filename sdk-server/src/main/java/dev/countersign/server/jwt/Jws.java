package dev.countersign.server.jwt;

import static dev.countersign.server.identity.RejectionReason.ALGORITHM_NOT_ALLOWED;
import static dev.countersign.server.identity.RejectionReason.MALFORMED;
import static dev.countersign.server.identity.RejectionReason.MISSING;
import static dev.countersign.server.identity.RejectionReason.SIGNATURE_MISMATCH;
import static dev.countersign.server.identity.RejectionReason.TOO_LARGE;
import static dev.countersign.server.identity.RejectionReason.UNSUPPORTED_SCHEME;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countersign.server.identity.VerificationException;
import dev.countersign.server.internal.JsonException;
import dev.countersign.server.internal.JsonReader;
import dev.countersign.server.internal.StrictBase64;
import dev.countersign.server.internal.Words;
import dev.countersign.server.key.SigningKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compact JWS (RFC 7515 section 3.1) taken apart: {@code header.payload.signature}, each in base64url without
 * padding. The header is read, for it says which key to try; the payload is not before its MAC has been checked.
 */
final class Jws {
    /** The largest token: 8 KiB. */
    static final int MAX_LENGTH = 8192;

    /** The characters of a signature: 32 bytes in base64url. */
    static final int MAC_LENGTH = 43;

    private static final int MAC_BYTES = 32;
    private static final List<String> UNSUPPORTED = List.of("crit", "b64", "zip");

    /** A header in base64url and what it says. Tokens of one key have theirs in common, to the byte. */
    static final class Header {
        private final byte[] encoded;
        private final @Nullable String kid;

        private Header(byte[] encoded, @Nullable String kid) {
            this.encoded = encoded;
            this.kid = kid;
        }

        /** Whether the token has this header, to the byte. */
        boolean begins(byte[] token) {
            int length = encoded.length;
            return token.length > length && token[length] == '.' && Arrays.equals(encoded, 0, length, token, 0, length);
        }
    }

    private final Header header;
    private final byte[] token;
    private final int signedLength;
    private final byte[] payload;
    private final byte[] mac;

    private Jws(Header header, byte[] token, int signedLength, byte[] payload, byte[] mac) {
        this.header = header;
        this.token = token;
        this.signedLength = signedLength;
        this.payload = payload;
        this.mac = mac;
    }

    /** @param known a header that need not be read again, when the token has the same */
    static Jws parse(@Nullable String token, @Nullable Header known) throws VerificationException {
        if (token == null || token.isEmpty()) {
            throw new VerificationException(MISSING, "there is no token");
        }
        int length = token.length();
        if (length > MAX_LENGTH) {
            throw new VerificationException(
                    TOO_LARGE, "the token has " + length + " characters; allowed are at most " + MAX_LENGTH);
        }
        // A character beyond ISO 8859-1 turns into '?', which no base64url segment may hold.
        byte[] bytes = token.getBytes(ISO_8859_1);
        Header header = known != null && known.begins(bytes) ? known : null;
        int headerEnd = header != null ? header.encoded.length : token.indexOf('.');
        int payloadEnd = length - MAC_LENGTH - 1;
        if (payloadEnd < 0 || bytes[payloadEnd] != '.') {
            payloadEnd = token.indexOf('.', headerEnd + 1);
        }
        // Another dot would stand in a segment, where base64url has none.
        if (headerEnd < 0 || payloadEnd <= headerEnd) {
            throw malformed("the token is not header.payload.signature");
        }
        if (header == null) {
            header = new Header(Arrays.copyOf(bytes, headerEnd), checkedKid(decode("header", bytes, 0, headerEnd)));
        }
        byte[] mac = decode("signature", bytes, payloadEnd + 1, length);
        if (mac.length != MAC_BYTES) {
            throw malformed("the token's signature has " + mac.length + " bytes; allowed are exactly " + MAC_BYTES);
        }
        byte[] payload = decode("payload", bytes, headerEnd + 1, payloadEnd);
        return new Jws(header, bytes, payloadEnd, payload, mac);
    }

    /** The token's header. */
    Header header() {
        return header;
    }

    /** The key id in the header; null when it has none. */
    @Nullable
    String kid() {
        return header.kid;
    }

    /** The key among these that made the token, or a refusal. */
    SigningKey signedBy(List<SigningKey> candidates) throws VerificationException {
        for (SigningKey key : candidates) {
            if (Words.areSameMac(mac, key.secret().hmacSha256(token, signedLength))) {
                return key;
            }
        }
        throw new VerificationException(SIGNATURE_MISMATCH, "Incorrect user identity verification signature");
    }

    /** The payload's claims: only for a token whose signature was checked. */
    Map<String, @Nullable Object> claims() throws VerificationException {
        return json("payload", payload);
    }

    private static @Nullable String checkedKid(byte[] header) throws VerificationException {
        Map<String, @Nullable Object> members = json("header", header);
        if (!"HS256".equals(members.get("alg"))) {
            throw new VerificationException(
                    ALGORITHM_NOT_ALLOWED, "the token's alg is missing or not allowed; allowed is HS256");
        }
        for (String name : UNSUPPORTED) {
            if (members.containsKey(name)) {
                throw new VerificationException(
                        UNSUPPORTED_SCHEME, "the token's header has " + name + ", which is not supported");
            }
        }
        if (!members.containsKey("kid")) {
            return null;
        }
        if (members.get("kid") instanceof String kid) {
            return kid;
        }
        throw malformed("the token's kid is not a string");
    }

    private static byte[] decode(String part, byte[] token, int from, int to) throws VerificationException {
        byte[] decoded = StrictBase64.decodeUrl(token, from, to);
        if (decoded == null) {
            throw malformed("the token's " + part + " is not canonical base64url without padding");
        }
        return decoded;
    }

    private static Map<String, @Nullable Object> json(String part, byte[] utf8) throws VerificationException {
        try {
            return JsonReader.readObject(utf8);
        } catch (JsonException notStrict) {
            throw malformed("the token's " + part + " is not strict JSON: " + notStrict.getMessage());
        }
    }

    private static VerificationException malformed(String message) {
        return new VerificationException(MALFORMED, message);
    }
}
