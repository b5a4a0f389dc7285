package dev.countersign.samples.collector.ingest;

import dev.countersign.samples.collector.http.ApiException;
import io.micronaut.http.HttpStatus;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom a NotificationAPI client identifies, read from the path and the Basic credentials together: an id may hold
 * colons, so only the path says where it ends.
 *
 * @param clientId the first part of both
 * @param userId the user's id
 * @param proof the hash; null where there is none, in any of the ways in which clients say so
 */
record BasicIdentity(
        String clientId, String userId, @Nullable String proof) {
    private static final Pattern PATH = Pattern.compile("/([^/]+)/users/([^/]+)/?");
    private static final String SCHEME = "Basic ";
    /** Clients encode the text as UTF-8, or as Latin-1 as a browser's {@code btoa} does. */
    private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1);

    static BasicIdentity of(String rawPath, @Nullable String authorization) {
        Matcher path = PATH.matcher(rawPath);
        if (!path.matches()) {
            throw new ApiException(HttpStatus.NOT_FOUND, "NOT_FOUND", "the path must be /{clientId}/users/{userId}/");
        }
        String clientId = decodePercent(path.group(1));
        String userId = decodePercent(path.group(2));
        byte[] credentials = credentials(authorization);
        for (Charset charset : CHARSETS) {
            String text = new String(credentials, charset);
            String expected = clientId + ":" + userId;
            if (text.equals(expected)) {
                return new BasicIdentity(clientId, userId, null);
            }
            if (text.startsWith(expected + ":")) {
                return new BasicIdentity(clientId, userId, proof(text.substring(expected.length() + 1)));
            }
        }
        throw new ApiException(
                HttpStatus.UNAUTHORIZED,
                "INVALID_CREDENTIALS",
                "Authorization must be Basic base64(clientId:userId:hashedUserId) with the ids of the path");
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "BasicIdentity[" + clientId + "]";
    }

    /** Android's and iOS's clients write "undefined" where there is no hash. */
    private static @Nullable String proof(String text) {
        return text.isEmpty() || text.equals("undefined") ? null : text;
    }

    private static byte[] credentials(@Nullable String authorization) {
        try {
            if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                return Base64.getDecoder().decode(authorization.substring(SCHEME.length()));
            }
        } catch (IllegalArgumentException e) {
            // No Base64: no credentials.
        }
        return new byte[0];
    }

    /** As RFC 3986 has it: a plus sign stands for itself. */
    private static String decodePercent(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) hex(text, i + 1);
                i += 2;
            } else if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                throw notUtf8();
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notUtf8();
        }
    }

    private static int hex(String text, int at) {
        int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        int low = at + 1 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        if (high < 0 || low < 0) {
            throw notUtf8();
        }
        return high << 4 | low;
    }

    private static ApiException notUtf8() {
        return new ApiException(
                HttpStatus.BAD_REQUEST, "INVALID_REQUEST", "the ids in the path must be percent-encoded UTF-8");
    }
}
