package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.testkit.TestCollector;
import dev.countersign.client.testkit.TestProofs;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The test kit's judge of crossed users, before a client that does everything wrong. */
class CrossedUsersTest {
    private static final String MINE = TestProofs.value("u_1", 1);
    private static final String YOURS = TestProofs.value("u_2", 1);

    private final TestCollector collector = new TestCollector();

    @AfterEach
    void close() {
        collector.close();
    }

    static Stream<Arguments> crossings() {
        String jwt = TestProofs.jwt("{\"sub\":\"u_2\",\"visitor\":{\"id\":\"u_2\"}}");
        return Stream.of(
                Arguments.of("carries no proof", new String[] {event(1, "u_1", null, null, null)}),
                Arguments.of("is anonymous and carries a proof", new String[] {event(1, null, MINE, null, null)}),
                Arguments.of(
                        "that went with events of u_1",
                        new String[] {event(1, "u_1", "x", null, null), event(2, "u_2", "x", null, null)}),
                Arguments.of("carries a token of another user", new String[] {event(1, "u_1", jwt, null, null)}),
                Arguments.of(
                        "carries a proof of u_2",
                        new String[] {event(1, "u_2", "x", null, null), event(2, "u_1", YOURS, null, null)}),
                Arguments.of(
                        "that went with events of acme",
                        new String[] {event(1, "u_1", MINE, "acme", "x"), event(2, "u_1", MINE, "beta", "x")}),
                Arguments.of(
                        "has changed its owner",
                        new String[] {event(1, "u_1", MINE, null, null), event(1, "u_2", YOURS, null, null)}));
    }

    @ParameterizedTest
    @MethodSource("crossings")
    void aCrossing_isNamedWithoutTheProof(String message, String[] events) throws IOException {
        for (String event : events) {
            send(event);
        }
        AssertionError caught = assertThrows(AssertionError.class, collector::assertNoEventCrossedUsers);
        assertTrue(caught.getMessage().contains(message), caught.getMessage());
        assertFalse(caught.getMessage().contains("hmac_v1"), caught.getMessage());
    }

    @Test
    void eventsInOrder_pass() throws IOException {
        String jwt = TestProofs.jwt("{\"visitor\":{\"id\":\"u_1\"},\"account\":{\"id\":\"acme\"}}");
        String visitor = TestProofs.jwt("{\"visitor\":{\"id\":\"\"}}");
        send(event(1, "u_1", MINE, null, null));
        send(event(2, "u_2", YOURS, "acme", TestProofs.value("acme", 1)));
        send(event(1, "u_1", TestProofs.value("u_1", 2), null, null)); // again, with a fresh proof
        send(event(3, "u_1", jwt, "acme", null));
        send(event(4, null, null, null, null));
        send(event(5, null, visitor, null, null));
        collector.assertNoEventCrossedUsers();
        assertEquals(6, collector.sent().size());
        assertTrue(collector.sent().stream().noneMatch(e -> e.toString().contains("hmac_v1")));
    }

    private static String event(int id, String user, String token, String group, String groupToken) {
        StringBuilder json = new StringBuilder("{\"id\":\"e").append(id).append("\",\"anonymousId\":\"a\"");
        String[] names = {"userId", "identityToken", "groupId", "groupToken"};
        String[] values = {user, token, group, groupToken};
        for (int i = 0; i < names.length; i++) {
            if (values[i] != null) {
                json.append(",\"" + names[i] + "\":\"" + values[i] + "\"");
            }
        }
        return json.append('}').toString();
    }

    private void send(String... events) throws IOException {
        Buffer body = new Buffer();
        Okio.buffer(new GzipSink(body))
                .writeUtf8("{\"events\":" + Arrays.toString(events) + "}")
                .close();
        Request request = new Request.Builder()
                .url(collector.url())
                .post(RequestBody.create(body.readByteArray(), MediaType.get("application/json")))
                .build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            assertEquals(200, response.code());
        }
    }
}
