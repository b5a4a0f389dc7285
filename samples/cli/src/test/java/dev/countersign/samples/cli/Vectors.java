package dev.countersign.samples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code docs/vectors/identity-vectors.json}: proofs that other implementations have made. */
public final class Vectors {
    private Vectors() {}

    /** An id, a secret, and its proof in three forms. */
    record Hmac(String secret, String id, String hex, String base64, String v1) {}

    static List<Hmac> hmac() throws IOException {
        return array("hmac").asList().stream()
                .map(element -> element.getAsJsonObject())
                .map(entry -> new Hmac(
                        entry.get("secret").getAsString(),
                        entry.get("id").getAsString(),
                        entry.get("hex").getAsString(),
                        entry.get("base64").getAsString(),
                        entry.get("hmac_v1").getAsString()))
                .toList();
    }

    /** The entry of a secret that any ring takes, for this id. */
    static Hmac hmacOf(String id) throws IOException {
        return hmac().stream()
                .filter(entry -> entry.id().equals(id) && entry.secret().length() >= 32)
                .findFirst()
                .orElseThrow();
    }

    /** The hex form of an id's proof under a secret. */
    public static String proofOf(String secret, String id) throws IOException {
        return hmac().stream()
                .filter(entry -> entry.secret().equals(secret) && entry.id().equals(id))
                .findFirst()
                .orElseThrow()
                .hex();
    }

    static JsonObject jwt(String name) throws IOException {
        return array("jwtHs256").asList().stream()
                .map(element -> element.getAsJsonObject())
                .filter(entry -> entry.get("name").getAsString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A proof that is published elsewhere. */
    public static JsonObject published(String source) throws IOException {
        return array("published").asList().stream()
                .map(element -> element.getAsJsonObject())
                .filter(entry -> entry.get("source").getAsString().equals(source))
                .findFirst()
                .orElseThrow();
    }

    private static JsonArray array(String name) throws IOException {
        Path file = Path.of("..", "..", "docs", "vectors", "identity-vectors.json");
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonArray(name);
    }
}
