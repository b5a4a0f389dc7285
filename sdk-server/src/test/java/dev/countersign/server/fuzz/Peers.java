package dev.countersign.server.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import okio.Buffer;

/** Two well-kept JSON parsers at their strictest, and what it means to have read the same as ours. */
final class Peers {
    private static final JsonMapper JACKSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Peers() {}

    static JsonNode jackson(byte[] json) throws IOException {
        return JACKSON.readTree(json);
    }

    static Object moshi(byte[] json) throws IOException {
        JsonReader reader = JsonReader.of(new Buffer().write(json));
        Object value = reader.readJsonValue();
        assertEquals(JsonReader.Token.END_DOCUMENT, reader.peek());
        return value;
    }

    /** The same tree. Numbers are equal as doubles; an integer that we read as a long is equal to the last digit. */
    static void assertSame(JsonNode theirs, Object ours) {
        if (ours instanceof Map<?, ?> map) {
            assertTrue(theirs.isObject());
            assertEquals(theirs.size(), map.size());
            Iterator<?> names = map.keySet().iterator();
            theirs.fieldNames().forEachRemaining(name -> assertEquals(name, names.next()));
            map.forEach((name, member) -> assertSame(theirs.get((String) name), member));
        } else if (ours instanceof List<?> list) {
            assertTrue(theirs.isArray());
            assertEquals(theirs.size(), list.size());
            for (int i = 0; i < list.size(); i++) {
                assertSame(theirs.get(i), list.get(i));
            }
        } else if (ours instanceof Long number) {
            assertTrue(theirs.isIntegralNumber());
            assertEquals(theirs.bigIntegerValue().longValueExact(), number);
        } else if (ours instanceof Double number) {
            assertTrue(theirs.isNumber());
            assertTrue(theirs.doubleValue() == number, "a number");
        } else if (ours instanceof String text) {
            assertEquals(theirs.textValue(), text);
        } else if (ours instanceof Boolean truth) {
            assertTrue(theirs.isBoolean());
            assertEquals(theirs.booleanValue(), truth);
        } else {
            assertTrue(ours == null && theirs.isNull());
        }
    }

    /** As above for Moshi, whose numbers are all doubles. */
    static void assertSame(Object theirs, Object ours) {
        if (ours instanceof Map<?, ?> map && theirs instanceof Map<?, ?> other) {
            assertEquals(List.copyOf(other.keySet()), List.copyOf(map.keySet()));
            map.forEach((name, member) -> assertSame(other.get(name), member));
        } else if (ours instanceof List<?> list && theirs instanceof List<?> other) {
            assertEquals(other.size(), list.size());
            for (int i = 0; i < list.size(); i++) {
                assertSame(other.get(i), list.get(i));
            }
        } else if (ours instanceof Number number && theirs instanceof Number other) {
            assertTrue(other.doubleValue() == number.doubleValue(), "a number");
        } else {
            assertEquals(theirs, ours);
        }
    }
}
