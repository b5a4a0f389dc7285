package dev.countersign.samples.collector.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members given twice, in objects of every size; an object of many members is looked through in another way. */
class RequestReaderTest {
    private static String members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"m" + i + "\":" + i).collect(Collectors.joining(","));
    }

    private static Entry read(String properties) throws InvalidRequestException {
        String event = "{\"id\":\"0199a5a0-0000-7000-8000-000000000001\",\"type\":\"track\",\"name\":\"n\","
                + "\"userId\":\"u\",\"properties\":" + properties + "}";
        return RequestReader.single(event.getBytes(StandardCharsets.UTF_8), EventSyntax.NATIVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 18, 500})
    void aMemberGivenTwice_isRefused_howeverManyStandBetween(int count) throws InvalidRequestException {
        assertInstanceOf(Entry.Event.class, read("{" + members(count) + "}"));
        for (int again : new int[] {0, count / 2, count - 1}) {
            String twice = "{" + members(count) + ",\"m" + again + "\":true}";
            InvalidRequestException refused = assertThrows(InvalidRequestException.class, () -> read(twice));
            assertEquals(
                    "a member stands twice in an object",
                    String.valueOf(refused.getMessage()).replaceFirst(" at line.*", ""));
        }
    }

    @Test
    void theSameMembers_inObjectsBesideAndWithinOneAnother_areFine() throws InvalidRequestException {
        String many = members(20);
        String nested =
                "{" + many + ",\"in\":[{" + many + ",\"in\":{" + many + "}},{" + many + "}],\"after\":{" + many + "}}";

        assertInstanceOf(Entry.Event.class, read(nested));
    }

    @Test
    void afterAnInnerObject_theMembersOfTheOuterOneAreStillKnown() {
        assertThrows(InvalidRequestException.class, () -> read("{\"a\":{\"b\":1},\"a\":2}"));
        assertThrows(
                InvalidRequestException.class,
                () -> read("{" + members(20) + ",\"in\":{" + members(3) + "},\"m19\":1}"));
    }
}
