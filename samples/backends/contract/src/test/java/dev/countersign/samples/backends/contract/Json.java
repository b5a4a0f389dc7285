package dev.countersign.samples.backends.contract;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.util.Map;

/** JSON as plain maps: the test shares no code with what it tests. */
final class Json {
    private static final JsonAdapter<Object> ADAPTER =
            new Moshi.Builder().build().adapter(Object.class).serializeNulls();

    private Json() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String json) {
        try {
            return (Map<String, Object>) ADAPTER.fromJson(json);
        } catch (IOException | RuntimeException notAnObject) {
            throw new AssertionError("not a JSON object: " + json, notAnObject);
        }
    }

    static String text(Object value) {
        return ADAPTER.toJson(value);
    }
}
