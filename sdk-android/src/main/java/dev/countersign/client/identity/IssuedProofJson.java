package dev.countersign.client.identity;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import dev.countersign.client.internal.support.Iso8601;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** Reads a token back end's answer. */
final class IssuedProofJson {
    private static final String[] MEMBERS = {
        "userId", "identityToken", "signingKeyName", "groupId", "groupToken", "expiresAt"
    };

    private IssuedProofJson() {}

    static IssuedProof read(String json) {
        Map<String, String> members = members(json);
        String userId = required(members, "userId");
        @Nullable String keyName = members.get("signingKeyName");
        IssuedProof issued =
                IssuedProof.of(userId, IdentityProof.ofAnyForm(required(members, "identityToken"), keyName));
        @Nullable String groupToken = members.get("groupToken");
        if (groupToken != null) {
            issued = issued.withGroup(required(members, "groupId"), IdentityProof.ofAnyForm(groupToken, keyName));
        }
        @Nullable String expiresAt = members.get("expiresAt");
        return expiresAt == null ? issued : issued.expiresAt(Iso8601.parse("expiresAt", expiresAt));
    }

    private static String required(Map<String, String> members, String name) {
        @Nullable String value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + ": missing in the back end's answer");
        }
        return value;
    }

    private static Map<String, String> members(String json) {
        Map<String, String> members = new HashMap<>();
        Set<String> seen = new HashSet<>();
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
            reader.beginObject();
            while (reader.hasNext()) {
                String name = reader.nextName();
                if (!seen.add(name)) {
                    throw new IllegalArgumentException("json: a member appears twice");
                }
                @Nullable String value = member(name, reader);
                if (value != null) {
                    members.put(name, value);
                }
            }
            reader.endObject();
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                throw new JsonDataException();
            }
        } catch (IOException | JsonDataException e) {
            // Without the cause, whose text may quote a proof.
            throw new IllegalArgumentException("json: not a JSON object");
        }
        return members;
    }

    private static @Nullable String member(String name, JsonReader reader) throws IOException {
        boolean known = false;
        for (String member : MEMBERS) {
            known |= member.equals(name);
        }
        if (!known || reader.peek() == JsonReader.Token.NULL) {
            reader.skipValue();
            return null;
        }
        if (reader.peek() != JsonReader.Token.STRING) {
            throw new IllegalArgumentException(name + ": not a string in the back end's answer");
        }
        return reader.nextString();
    }
}
