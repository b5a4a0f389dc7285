package dev.countersign.client.identity;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.regex.Pattern;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** What the client needs to know of a JWT: whom it names and when it expires. Read without verifying anything. */
final class JwtClaims {
    static final int MAX_LENGTH = 8 * 1024;

    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final double MAX_SECONDS = 253_402_300_799.0; // the end of year 9999

    @Nullable
    String userId;

    @Nullable
    String groupId;
    /** Epoch milliseconds; 0 when it never expires. */
    long expiresAt;

    private @Nullable String algorithm;

    private JwtClaims() {}

    static JwtClaims read(String jwt) {
        if (jwt.length() > MAX_LENGTH || !COMPACT.matcher(jwt).matches()) {
            throw new IllegalArgumentException(
                    "proof: " + jwt.length() + " characters, allowed is a compact JWT of at most " + MAX_LENGTH
                            + " characters (three Base64url parts)");
        }
        JwtClaims claims = new JwtClaims();
        int dot = jwt.indexOf('.');
        parse("header", jwt.substring(0, dot), claims::header);
        if (!"HS256".equals(claims.algorithm)) {
            throw new IllegalArgumentException("proof: a JWT with another algorithm than HS256");
        }
        parse("payload", jwt.substring(dot + 1, jwt.lastIndexOf('.')), claims::claim);
        return claims;
    }

    private void header(String name, JsonReader json) throws IOException {
        if (name.equals("alg") && json.peek() == JsonReader.Token.STRING) {
            algorithm = json.nextString();
        } else {
            json.skipValue();
        }
    }

    private void claim(String name, JsonReader json) throws IOException {
        if (name.equals("sub")) {
            user(json, "sub");
        } else if (name.equals("visitor")) {
            members(json, (member, value) -> {
                if (member.equals("id")) {
                    user(value, "visitor.id");
                } else {
                    value.skipValue();
                }
            });
        } else if (name.equals("account")) {
            members(json, (member, value) -> {
                if (member.equals("id")) {
                    groupId = text(value, "account.id");
                } else {
                    value.skipValue();
                }
            });
        } else if (name.equals("exp")) {
            expiry(json);
        } else {
            json.skipValue();
        }
    }

    private void user(JsonReader json, String claim) throws IOException {
        String id = text(json, claim);
        if (id != null && userId != null && !id.equals(userId)) {
            throw new IllegalArgumentException("proof: the JWT's sub and visitor.id name two users");
        }
        userId = id == null ? userId : id;
    }

    private void expiry(JsonReader json) throws IOException {
        if (json.peek() != JsonReader.Token.NUMBER) {
            throw new IllegalArgumentException("proof: the JWT's exp is not a number");
        }
        double seconds = json.nextDouble();
        if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw new IllegalArgumentException("proof: the JWT's exp is not a time");
        }
        expiresAt = (long) (seconds * 1000);
    }

    /** An id; null when it is empty, which is how a mobile platform writes "anonymous". */
    private static @Nullable String text(JsonReader json, String claim) throws IOException {
        if (json.peek() != JsonReader.Token.STRING) {
            throw new IllegalArgumentException("proof: the JWT's " + claim + " is not a string");
        }
        String id = json.nextString();
        return id.isEmpty() ? null : id;
    }

    private static void parse(String part, String base64Url, Members members) {
        ByteString bytes = ByteString.decodeBase64(base64Url);
        if (bytes == null) {
            throw new IllegalArgumentException("proof: the JWT's " + part + " is not Base64url");
        }
        try (JsonReader json = JsonReader.of(new Buffer().write(bytes))) {
            members(json, members);
            if (json.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new JsonDataException();
            }
        } catch (IOException | JsonDataException e) {
            // Without the cause, whose text may quote the token.
            throw new IllegalArgumentException("proof: the JWT's " + part + " is not a JSON object");
        }
    }

    private static void members(JsonReader json, Members members) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            members.read(json.nextName(), json);
        }
        json.endObject();
    }

    private interface Members {
        void read(String name, JsonReader value) throws IOException;
    }
}
