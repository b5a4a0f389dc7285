package dev.countersign.server.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects with few members and with many are kept in different ways that nobody can tell apart. */
class JsonObjectsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 15, 16, 17, 18, 100})
    void anObjectOfAnySize_isTheMapOfItsMembersInTheirOrder(int size) throws JsonException {
        Map<String, Object> expected = new LinkedHashMap<>();
        IntStream.range(0, size).forEach(i -> expected.put(i == 5 ? "exp" : "m" + i, (long) i));
        Map<String, Object> object = read(members(expected));
        assertEquals(expected, object);
        assertEquals(expected.hashCode(), object.hashCode());
        assertEquals(new ArrayList<>(expected.keySet()), new ArrayList<>(object.keySet()));
        expected.forEach((name, value) -> {
            assertEquals(value, object.get(new String(name.toCharArray())));
            assertTrue(object.containsKey(name));
        });
        assertNull(object.get("absent"));
        assertFalse(object.containsKey("absent"));
        assertThrows(UnsupportedOperationException.class, () -> object.put("x", 1));
        if (size > 0) {
            assertThrows(UnsupportedOperationException.class, object::clear);
            assertThrows(UnsupportedOperationException.class, () -> object.remove("m0"));
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> object.entrySet().iterator().next().setValue(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 18, 100})
    void aMemberRepeats_howeverManyStandBetween_isRefused(int size) {
        List<String> names =
                IntStream.range(0, size).mapToObj(i -> "\"m" + i + "\":0").collect(Collectors.toList());
        for (int repeated : new int[] {0, size - 1}) {
            String text = "{" + String.join(",", names) + ",\"\\u006d" + repeated + "\":0}";
            JsonException problem = assertThrows(JsonException.class, () -> read(text));
            assertTrue(problem.getMessage().startsWith("duplicate member"), problem.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id", "exp", "visitor", "visito", "visitors", "visitor_id", "isitor", "Id", "", "id ", "i'd"})
    void aNameThatMostTokensHave_orOneLikeIt_isReadToTheLetter(String name) throws JsonException {
        assertEquals(Map.of(name, 1L), read("{\"" + name + "\":1}"));
        assertEquals(Map.of(name, 1L, "z", "further on"), read("{\"" + name + "\" : 1, \"z\":\"further on\"}"));
        if (!name.isEmpty()) {
            String escaped = String.format("\\u%04x", (int) name.charAt(0)) + name.substring(1);
            assertEquals(Map.of(name, 1L), read("{\"" + escaped + "\":1}"));
            assertThrows(JsonException.class, () -> read("{\"" + name + "\":1,\"" + escaped + "\":2}"));
        }
        for (String control : new String[] {"\0", "\0\0\0\0\0\0", "\n"}) {
            assertThrows(JsonException.class, () -> read("{\"" + control + name + "\":1,\"z\":0}"));
            assertThrows(JsonException.class, () -> read("{\"" + name + control + "\":1,\"z\":0}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "01", "-01", "-", "-a", "1.", ".5", "+1", "1e", "0x1", "--1"})
    void aNumberThatJsonDoesNotKnow_isRefused(String number) {
        assertThrows(JsonException.class, () -> read("{\"n\":" + number + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, -1, 10, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void anIntegerOfALong_isThatLong(long number) throws JsonException {
        assertEquals(Map.of("n", number), read("{\"n\":" + number + "}"));
    }

    private static String members(Map<String, Object> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Map<String, Object> read(String text) throws JsonException {
        return JsonReader.readObject(text.getBytes(UTF_8));
    }
}
