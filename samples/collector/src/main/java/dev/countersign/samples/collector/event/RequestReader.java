package dev.countersign.samples.collector.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body in one pass, without a tree. Strict: UTF-8 only, no member twice, nothing after the value.
 * Malformed JSON spoils a request; an event that breaks a rule spoils only itself.
 */
public final class RequestReader {
    /** JSON deeper than this is not worth the name of an event; what is between it and the limit is refused alone. */
    private static final int MAX_JSON_DEPTH = 64;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_JSON_DEPTH)
                    .build())
            .build();

    private RequestReader() {}

    /**
     * Reads {@code {"id":…}}.
     *
     * @param json the decoded body
     * @param syntax what the environment's profile changes
     * @return the event
     */
    public static Entry single(byte[] json, EventSyntax syntax) throws InvalidRequestException {
        return read(json, parser -> entry(json, parser, syntax));
    }

    /**
     * Reads the traits of a user whom the request itself names.
     *
     * @param json the decoded body, an object
     * @param userId the user's id
     * @param proof its proof, or null
     * @return an event that identifies the user
     */
    public static Entry identify(byte[] json, String userId, @Nullable String proof) throws InvalidRequestException {
        return read(json, parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw InvalidRequestException.malformed("the body must be a JSON object");
            }
            return new EventReader(json, parser, EventSyntax.NATIVE).readTraits(userId, proof);
        });
    }

    /**
     * Reads {@code {"events":[…]}}.
     *
     * @param json the decoded body
     * @param syntax what the environment's profile changes
     * @return its entries, in their order
     */
    public static List<Entry> batch(byte[] json, EventSyntax syntax) throws InvalidRequestException {
        return read(json, parser -> events(json, parser, syntax));
    }

    private static <T> T read(byte[] json, Reading<T> reading) throws InvalidRequestException {
        if (!Utf8.isValid(json)) {
            throw InvalidRequestException.malformed("the body is not UTF-8");
        }
        try (JsonParser parser = new StrictParser(JSON.createParser(json), MAX_JSON_DEPTH)) {
            parser.nextToken();
            T result = reading.read(parser);
            if (parser.nextToken() != null) {
                throw InvalidRequestException.malformed("there is text after the JSON value");
            }
            return result;
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw InvalidRequestException.malformed("the body cannot be read"); // Memory always can.
        }
    }

    private static List<Entry> events(byte[] json, JsonParser parser, EventSyntax syntax)
            throws IOException, InvalidRequestException {
        List<Entry> entries = null;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("events") && value == JsonToken.START_ARRAY) {
                    entries = entries(json, parser, syntax);
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (entries == null) {
            throw InvalidRequestException.malformed("the body must be an object with an array named events");
        }
        return entries;
    }

    private static List<Entry> entries(byte[] json, JsonParser parser, EventSyntax syntax)
            throws IOException, InvalidRequestException {
        List<Entry> entries = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (entries.size() == Limits.BATCH_EVENTS) {
                throw InvalidRequestException.tooLarge(
                        "events has more than the " + Limits.BATCH_EVENTS + " entries allowed");
            }
            entries.add(entry(json, parser, syntax));
        }
        return entries;
    }

    private static Entry entry(byte[] json, JsonParser parser, EventSyntax syntax)
            throws IOException, InvalidRequestException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw InvalidRequestException.malformed("the body is empty");
        }
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new Entry.Broken(null, Refusal.invalid("an event must be a JSON object"));
        }
        return new EventReader(json, parser, syntax).read();
    }

    /** Says where it broke and never quotes the text: a proof may stand there. */
    private static InvalidRequestException malformed(JsonProcessingException e) {
        var at = e.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        String what = StrictParser.DUPLICATE.equals(e.getOriginalMessage()) ? StrictParser.DUPLICATE : "malformed JSON";
        return InvalidRequestException.malformed(what + where);
    }

    private interface Reading<T> {
        T read(JsonParser parser) throws IOException, InvalidRequestException;
    }
}
