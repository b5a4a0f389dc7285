package dev.countersign.samples.cli.input;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.countersign.samples.cli.output.Failure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends about who it is: ids, their proofs, and the key that is named beside them. Members are null
 * where there is nothing.
 */
public record Identity(
        @Nullable String userId,
        @Nullable String identityToken,
        @Nullable String groupId,
        @Nullable String groupToken,
        @Nullable String signingKeyName) {

    /** Reads an event, a back end's answer or {@code sign --json}; other members are left alone. */
    static Identity read(Path file) {
        JsonObject json = parse(TextFile.read("--identity", file));
        return new Identity(
                string(json, "userId"),
                string(json, "identityToken"),
                string(json, "groupId"),
                string(json, "groupToken"),
                string(json, "signingKeyName"));
    }

    /** The same with this key where none is named. */
    Identity orKey(@Nullable String keyId) {
        return signingKeyName != null ? this : new Identity(userId, identityToken, groupId, groupToken, keyId);
    }

    private static JsonObject parse(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement root = JsonParser.parseReader(reader);
            if (root.isJsonObject() && reader.peek() == JsonToken.END_DOCUMENT) {
                return root.getAsJsonObject();
            }
        } catch (JsonParseException | IOException notJson) {
            // The parser's message may quote the text, and with it a proof.
        }
        throw Failure.file("the file of --identity is not one JSON object");
    }

    private static @Nullable String string(JsonObject json, String name) {
        JsonElement member = json.get(name);
        if (member == null || member.isJsonNull()) {
            return null;
        }
        if (member.isJsonPrimitive() && member.getAsJsonPrimitive().isString()) {
            return member.getAsString();
        }
        throw Failure.file(
                name + " in the file of --identity is not a string; allowed is a JSON string, as in \"1234\"");
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "Identity[redacted]";
    }
}
