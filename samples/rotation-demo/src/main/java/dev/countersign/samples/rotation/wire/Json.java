package dev.countersign.samples.rotation.wire;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, strings, numbers and booleans. Thread-safe: no state. */
public final class Json {

    private Json() {}

    /**
     * Reads one JSON object; numbers become {@code Double}.
     *
     * @throws IOException if the text is not a JSON object
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(String text) throws IOException {
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text))) {
            if (reader.readJsonValue() instanceof Map<?, ?> object) {
                return (Map<String, Object>) object;
            }
            throw new IOException("not a JSON object: " + text.length() + " characters");
        }
    }

    /** Writes maps, lists, strings, numbers, booleans and nulls on one line. */
    public static String text(Object value) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.jsonValue(value);
        } catch (IOException e) {
            throw new IllegalArgumentException("value cannot be written as JSON", e);
        }
        return buffer.readUtf8();
    }

    /** The object under {@code name}, or an empty one if it is absent. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> objectAt(Map<String, Object> parent, String name) {
        return parent.get(name) instanceof Map<?, ?> object ? (Map<String, Object>) object : Map.of();
    }

    /** The objects in the list under {@code name}; empty if it is absent. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> objectsAt(Map<String, Object> parent, String name) {
        return parent.get(name) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    /** The string under {@code name}, or null if there is none. */
    public static @Nullable String textAt(Map<String, Object> parent, String name) {
        return parent.get(name) instanceof String text ? text : null;
    }

    /**
     * The string under {@code name}.
     *
     * @throws IllegalStateException if there is none
     */
    public static String requiredText(Map<String, Object> parent, String name) {
        String text = textAt(parent, name);
        if (text == null) {
            throw new IllegalStateException("the answer has no \"" + name + "\", only " + parent.keySet());
        }
        return text;
    }

    /** The whole number under {@code name}, or 0 if there is none. */
    public static long numberAt(Map<String, Object> parent, String name) {
        return parent.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
