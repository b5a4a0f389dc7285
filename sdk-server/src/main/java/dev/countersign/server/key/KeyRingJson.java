package dev.countersign.server.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.countersign.server.internal.JsonException;
import dev.countersign.server.internal.JsonReader;
import dev.countersign.server.internal.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ring as JSON text. The form is shown at {@link KeyRingFile}. */
final class KeyRingJson {
    private KeyRingJson() {}

    /** The ring as text, one key a line. */
    static byte[] format(KeyRing ring) {
        JsonWriter json = new JsonWriter(1024).ascii("{\"version\":").ascii(Long.toString(ring.version()));
        String separator = ",\"keys\":[";
        for (SigningKey key : ring.keys()) {
            json.ascii(separator).ascii("\n{\"id\":").string(key.id());
            json.ascii(",\"status\":").string(key.status().name().toLowerCase(Locale.ROOT));
            if (key.status().verifies()) {
                json.ascii(",\"secret\":").string(key.secret().text());
                if (key.secret().isShort()) {
                    json.ascii(",\"short\":true");
                }
            }
            json.ascii("}");
            separator = ",";
        }
        return json.raw("]}\n".getBytes(US_ASCII)).toByteArray();
    }

    /**
     * The ring that the text holds.
     *
     * @throws JsonException when it is not strict JSON
     * @throws IllegalArgumentException naming the field and the rule, when it is not a ring
     */
    static KeyRing parse(byte[] utf8) throws JsonException {
        Map<String, @Nullable Object> object = JsonReader.readObject(utf8);
        requireOnly(object, "ring", "version", "keys");
        if (!(object.get("version") instanceof Long version)) {
            throw new IllegalArgumentException("version is missing or not a whole number");
        }
        if (!(object.get("keys") instanceof List<?> elements)) {
            throw new IllegalArgumentException("keys is missing or not an array");
        }
        List<SigningKey> keys = new ArrayList<>();
        for (Object element : elements) {
            keys.add(key("keys[" + keys.size() + "]", element));
        }
        return KeyRing.of(version, keys);
    }

    private static SigningKey key(String field, @Nullable Object element) {
        if (!(element instanceof Map<?, ?> object)) {
            throw new IllegalArgumentException(field + " is not an object");
        }
        requireOnly(object, field, "id", "status", "secret", "short");
        String id = string(object, field, "id");
        KeyStatus status = status(field, string(object, field, "status"));
        try {
            return status.verifies() ? SigningKey.of(id, secret(object, field), status) : SigningKey.revoked(id);
        } catch (IllegalArgumentException problem) {
            throw new IllegalArgumentException(field + ": " + problem.getMessage());
        }
    }

    private static Secret secret(Map<?, ?> object, String field) {
        String text = string(object, field, "secret");
        Object isShort = object.get("short");
        if (isShort != null && !(isShort instanceof Boolean)) {
            throw new IllegalArgumentException("short is not true or false");
        }
        return Boolean.TRUE.equals(isShort) ? Secret.ofShort(text) : Secret.of(text);
    }

    private static KeyStatus status(String field, String name) {
        for (KeyStatus status : KeyStatus.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(name)) {
                return status;
            }
        }
        throw new IllegalArgumentException(
                field + ".status is unknown; allowed are pending, primary, retiring and revoked");
    }

    private static String string(Map<?, ?> object, String field, String name) {
        if (object.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(field + "." + name + " is missing or not a string");
    }

    private static void requireOnly(Map<?, ?> object, String field, String... allowed) {
        // The unknown name itself is not repeated: it might be a secret in the wrong place.
        if (!List.of(allowed).containsAll(object.keySet())) {
            throw new IllegalArgumentException(
                    field + " has an unknown member; allowed are " + String.join(", ", allowed));
        }
    }
}
