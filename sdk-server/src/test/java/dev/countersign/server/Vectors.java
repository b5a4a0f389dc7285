package dev.countersign.server;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okio.Buffer;
import okio.Okio;

/** The entries of {@code docs/vectors/identity-vectors.json}, read with a parser that is not ours. */
final class Vectors {
    private static final Map<String, Object> ALL = read();

    private Vectors() {}

    record HmacVector(String description, String secret, String id, String hex, String base64, String hmacV1) {
        @Override
        public String toString() {
            return description;
        }
    }

    record JwtVector(String description, String secret, String jwt, Map<String, Object> claims) {
        @Override
        public String toString() {
            return description;
        }
    }

    static Stream<HmacVector> hmac() {
        return entries("hmac")
                .map(entry -> new HmacVector(
                        entry.get("secretIs") + ": " + entry.get("idIs"),
                        entry.get("secret"),
                        entry.get("id"),
                        entry.get("hex"),
                        entry.get("base64"),
                        entry.get("hmac_v1")));
    }

    /** Hex only. */
    static Stream<HmacVector> published() {
        return entries("published")
                .map(entry -> new HmacVector(
                        entry.get("source"), entry.get("secret"), entry.get("id"), entry.get("hex"), "", ""));
    }

    static Stream<JwtVector> jwt() {
        return entries("jwtHs256")
                .map(entry -> new JwtVector(
                        entry.get("name"), entry.get("secret"), entry.get("jwt"), parse(entry.get("payload"))));
    }

    /** A member that is an object; empty when there is none. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> member(Map<String, Object> object, String name) {
        return (Map<String, Object>) object.getOrDefault(name, Map.of());
    }

    /** The same values with every number a double, as the other parser reads them. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> withDoubles(Map<String, Object> claims) {
        return (Map<String, Object>) doubles(claims);
    }

    private static Object doubles(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        } else if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(doubles(element)));
            return copy;
        } else if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((name, member) -> copy.put(name, doubles(member)));
            return copy;
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, String>> entries(String name) {
        return ((List<Map<String, String>>) ALL.get(name)).stream();
    }

    private static Map<String, Object> read() {
        try (var file = Okio.buffer(Okio.source(Path.of("../docs/vectors/identity-vectors.json")))) {
            return object(JsonReader.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> parse(String json) {
        try {
            return object(JsonReader.of(new Buffer().writeUtf8(json)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(JsonReader reader) throws IOException {
        return (Map<String, Object>) reader.readJsonValue();
    }
}
