package dev.countersign.samples.backends.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The HMAC entries of {@code docs/vectors/identity-vectors.json} whose secret a ring file may hold. */
final class Vectors {
    /** Ring files take secrets of 16 bytes or more; a shorter one needs an opt-out in code. */
    private static final int MIN_SECRET_BYTES = 16;

    private final List<Map<String, String>> entries;

    private Vectors(List<Map<String, String>> entries) {
        this.entries = entries;
    }

    static Vectors read() throws IOException {
        return new Vectors(all().stream()
                .filter(entry -> entry.get("secret").getBytes(StandardCharsets.UTF_8).length >= MIN_SECRET_BYTES)
                .toList());
    }

    /** Every entry, those with shorter secrets too. */
    @SuppressWarnings("unchecked")
    static List<Map<String, String>> all() throws IOException {
        Map<String, Object> file =
                Json.object(Files.readString(Path.of("../../../docs/vectors/identity-vectors.json")));
        return (List<Map<String, String>>) file.get("hmac");
    }

    List<String> secrets() {
        return distinct("secret");
    }

    List<String> ids() {
        return distinct("id");
    }

    /** The proof of that id under that secret; the form is {@code hex}, {@code base64} or {@code hmac_v1}. */
    String proof(String secret, String id, String form) {
        return entries.stream()
                .filter(entry ->
                        entry.get("secret").equals(secret) && entry.get("id").equals(id))
                .map((Function<Map<String, String>, String>) entry -> entry.get(form))
                .findFirst()
                .orElseThrow();
    }

    private List<String> distinct(String member) {
        return entries.stream().map(entry -> entry.get(member)).distinct().toList();
    }
}
