package dev.countersign.samples.collector.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether two events say the same. Objects have no order of members; numbers are the same when written the same. */
final class EventContent {
    private static final JsonFactory JSON = new JsonFactory();

    private EventContent() {}

    /** Whether two bodies, each a JSON object, say the same. */
    static boolean same(String body, String other) {
        // A client that sends again sends the same text; only others cost a parse.
        return body.equals(other) || read(body).equals(read(other));
    }

    private static Object read(String body) {
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("a stored event is no JSON", e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> new Scalar(token, parser.getText());
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> members = new HashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    private record Scalar(JsonToken kind, String text) {}
}
