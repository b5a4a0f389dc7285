package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of the ingest routes: what is refused by name, batches, limits, gzip. */
class IngestTest extends CollectorTest {
    private TestEnvironment environment;
    private String secret;

    @BeforeEach
    void createEnvironment() {
        environment = client.environment("hmac-v1", "STRICT", "ALLOW");
        secret = environment.createKey().secret();
    }

    private String proven(String id, String userId) {
        return Events.track(id, Events.user(userId, Proofs.v1(secret, userId)));
    }

    private String forged(String id, String userId) {
        return Events.track(id, Events.user(userId, Proofs.v1("a forger's secret, long enough", userId)));
    }

    @Test
    @Tag("R58")
    @Tag("R62")
    @Tag("R69")
    void anEventWithAWrongSignature_isUnverified() {
        Answer answer = client.event(environment, forged(Events.id(), "u_1"));

        assertEquals(401, answer.status());
        assertEquals(
                "{\"success\":false,\"error\":{\"code\":\"IDENTITY_UNVERIFIED\",\"reason\":\"SIGNATURE_MISMATCH\","
                        + "\"message\":\"Incorrect user identity verification signature\"}}",
                answer.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/batch"})
    void anUnknownApiKey_isAnotherThing(String path) {
        Answer answer = client.ingest("pk_unknown", path, proven(Events.id(), "u_1"));

        assertEquals(401, answer.status());
        assertEquals("INVALID_API_KEY", answer.at("error", "code"));
    }

    @Test
    @Tag("R59")
    @Tag("R60")
    @Tag("T28")
    @Tag("R61")
    void aMixedBatch_storesWhatIsValid_andNamesTheRest() {
        String[] ids = IntStream.range(0, 5).mapToObj(i -> Events.id()).toArray(String[]::new);

        Answer answer = client.batch(
                environment,
                proven(ids[0], "u_1"),
                forged(ids[1], "u_1"),
                "{\"id\":42}",
                Events.track(ids[2], Events.user("u_1")),
                proven(ids[3], "u_2"),
                proven(ids[0], "u_1"));

        assertEquals(200, answer.status());
        assertEquals(true, answer.at("success"));
        assertEquals(storage.answersRepeats() ? 2 : 3, answer.number("accepted"));
        assertEquals(storage.answersRepeats() ? 1 : 0, answer.number("duplicates"));
        assertEquals(3, answer.<List<?>>at("rejected").size());
        assertRejected(answer, 0, 1, ids[1], "IDENTITY_UNVERIFIED", "SIGNATURE_MISMATCH");
        assertEquals(2, answer.number("rejected", 1, "index"));
        assertEquals("INVALID_EVENT", answer.at("rejected", 1, "code"));
        assertRejected(answer, 2, 3, ids[2], "IDENTITY_UNVERIFIED", "MISSING");
        assertEquals(List.of(ids[0] + " u_1", ids[3] + " u_2"), stored(environment, "id, owner"));
    }

    private static void assertRejected(Answer answer, int at, int index, String id, String code, String reason) {
        assertEquals(index, answer.number("rejected", at, "index"));
        assertEquals(id, answer.at("rejected", at, "id"));
        assertEquals(code, answer.at("rejected", at, "code"));
        assertEquals(reason, answer.at("rejected", at, "reason"));
    }

    @Test
    @Tag("T28")
    void aBatchOfUnverifiedEventsOnly_isRefused() {
        Answer answer = client.batch(environment, forged(Events.id(), "u_1"), forged(Events.id(), "u_2"));

        assertEquals(401, answer.status());
        assertEquals(false, answer.at("success"));
        assertEquals("IDENTITY_UNVERIFIED", answer.at("error", "code"));
        assertEquals(0, answer.number("accepted"));
        assertEquals(2, answer.<List<?>>at("rejected").size());
    }

    @Test
    @Tag("T28")
    void aBatchWithOneEntryThatIsInvalidRatherThanUnverified_is200() {
        Answer answer = client.batch(environment, forged(Events.id(), "u_1"), "{}");

        assertEquals(200, answer.status());
        assertEquals(0, answer.number("accepted"));
    }

    @Test
    void anEmptyBatch_isAccepted() {
        Answer answer = client.batch(environment);

        assertEquals(200, answer.status());
        assertEquals("{\"success\":true,\"accepted\":0,\"duplicates\":0,\"rejected\":[]}", answer.text());
    }

    @ParameterizedTest(name = "{0} is refused with {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"track","name":"x","userId":"u"}                      | null          | id is missing
            {"id":7,"type":"track","name":"x","userId":"u"}               | ID_NOT_STRING | id must be a JSON string, not a number
            {"id":null,"type":"track","name":"x","userId":"u"}            | null          | id is missing
            {"id":"e1","type":"track","name":"x","userId":"u"}            | null          | id must be a UUIDv7
            {"id":"ID","name":"x","userId":"u"}                           | null          | type is missing
            {"id":"ID","type":"buy","name":"x","userId":"u"}              | null          | type must be
            {"id":"ID","type":"track","userId":"u"}                       | null          | name is missing
            {"id":"ID","type":"track","name":"x"}                         | null          | userId or anonymousId is missing
            {"id":"ID","type":"track","name":"x","userId":42}             | ID_NOT_STRING | userId must be a JSON string, not a number
            {"id":"ID","type":"track","name":"x","userId":{"id":"u"}}     | ID_NOT_STRING | userId must be a JSON string, not an object
            {"id":"ID","type":"track","name":"x","anonymousId":true}      | ID_NOT_STRING | anonymousId must be a JSON string, not a boolean
            {"id":"ID","type":"track","name":"x","userId":""}             | null          | userId has 0 code points
            {"id":"ID","type":"track","name":"x","userId":"\\ud800"}      | null          | userId holds a lone surrogate
            {"id":"ID","type":"track","name":"x","userId":"u","timestamp":"banana"}              | null | timestamp must be ISO 8601
            {"id":"ID","type":"track","name":"x","userId":"u","timestamp":""}                    | null | timestamp must be ISO 8601
            {"id":"ID","type":"track","name":"x","userId":"u","timestamp":"2026-11-20"}          | null | timestamp must be ISO 8601
            {"id":"ID","type":"track","name":"x","userId":"u","timestamp":"2026-11-20T10:00:00"} | null | timestamp must be ISO 8601
            {"id":"ID","type":"track","name":"x","userId":"u","timestamp":"2026-02-30T10:00:00Z"} | null | timestamp must be ISO 8601
            {"id":"ID","type":"track","name":"x","userId":"u","timestamp":1}                     | null | timestamp must be a JSON string
            {"id":"ID","type":"identify","anonymousId":"a"}               | null          | userId is missing
            {"id":"ID","type":"group","userId":"u"}                       | null          | groupId is missing
            {"id":"ID","type":"group","userId":"u","groupId":7}           | ID_NOT_STRING | groupId must be a JSON string, not a number
            {"id":"ID","type":"track","name":"x","anonymousId":"a","identityToken":"hmac_v1:00"} | null | userId is missing, yet there is an identityToken
            {"id":"ID","type":"track","name":"x","userId":"u","groupToken":"hmac_v1:00"} | null | groupId is missing, yet there is a groupToken
            {"id":"ID","type":"track","name":"x","userId":"u","identityToken":7} | null   | identityToken must be a JSON string
            {"id":"ID","type":"track","name":"x","userId":"u","properties":[]} | null     | properties must be a JSON object, not an array
            {"id":"ID","type":"track","name":"x","userId":"u","properties":{"a":[[[[[1]]]]]}} | null | properties nests deeper than the 5
            {"id":"ID","type":"track","name":"x","userId":"u","traits":{"a":"\\udc00"}} | null | traits holds a lone surrogate
            """)
    @Tag("R9")
    @Tag("R10")
    @Tag("T35")
    void aBrokenEvent_isRefusedByName_andItsNeighbourLands(String event, String reason, String message) {
        String broken = event.replace("\"ID\"", "\"" + Events.id() + "\"");

        Answer single = client.event(environment, broken);
        Answer batch = client.batch(environment, broken, proven(Events.id(), "u_1"));

        assertEquals(400, single.status(), single.text());
        assertEquals("INVALID_EVENT", single.at("error", "code"));
        assertTrue(single.<String>at("error", "message").startsWith(message), single.text());
        assertEquals(reason, String.valueOf(single.<Object>at("error", "reason")));
        assertEquals(1, batch.number("accepted"));
        assertEquals("INVALID_EVENT", batch.at("rejected", 0, "code"));
        assertTrue(batch.<String>at("rejected", 0, "message").startsWith(message), batch.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-11-20T10:00:00.000Z\"",
                "\"2026-11-20T10:00:00Z\"",
                "\"2026-11-20T11:00:00.123456+01:00\"",
                "\"1970-01-01T00:00:00.000Z\"",
                "null",
            })
    void aTimestampWithAnOffset_isTaken(String timestamp) {
        String user = Events.user("u_1", Proofs.v1(secret, "u_1"));

        Answer answer = client.event(environment, Events.track(Events.id(), user, "\"timestamp\":" + timestamp));

        assertEquals(200, answer.status(), answer.text());
    }

    @Test
    void moreEventsThanAllowed_areRefused_andAsManyAsAllowedAreNot() {
        String[] events = IntStream.range(0, 501)
                .mapToObj(i -> proven(Events.id(), "u_1"))
                .toArray(String[]::new);

        Answer tooMany = client.batch(environment, events);
        Answer most = client.batch(environment, Arrays.copyOf(events, 500));

        assertEquals(413, tooMany.status());
        assertEquals("TOO_LARGE", tooMany.at("error", "code"));
        assertEquals(500, most.number("accepted"));
    }

    @Test
    void anEventTooLarge_isRefusedByName_andItsNeighbourLands() {
        String large = Events.track(
                Events.id(),
                Events.user("u_1", Proofs.v1(secret, "u_1")),
                "\"properties\":{\"a\":\"" + "x".repeat(32 << 10) + "\"}");

        Answer single = client.event(environment, large);
        Answer batch = client.batch(environment, large, proven(Events.id(), "u_1"));

        assertEquals(413, single.status());
        assertEquals("TOO_LARGE", single.at("error", "code"));
        assertEquals("TOO_LARGE", batch.at("rejected", 0, "code"));
        assertEquals(1, batch.number("accepted"));
    }

    @Test
    @Tag("T35")
    void anIdAtTheLimit_isAccepted_andOneBeyondIsNot() {
        String astral = "\ud83d\udd11".repeat(256);

        assertEquals(200, client.event(environment, proven(Events.id(), astral)).status());
        assertEquals(
                "userId has 257 code points; allowed are 1 to 256",
                client.event(environment, proven(Events.id(), astral + "x")).at("error", "message"));
    }

    @Test
    @Tag("T35")
    void aProofTooLarge_isUnverified() {
        TestEnvironment jwt = client.environment("jwt", "STRICT", "REJECT");
        jwt.createKey();

        Answer answer = client.event(jwt, Events.track(Events.id(), Events.user("u_1", "x".repeat(9_000))));

        assertEquals("TOO_LARGE", answer.at("error", "reason"));
    }

    @Test
    void numbersAndUnknownMembers_areStoredAsTheyWereWritten() {
        String event = Events.track(
                Events.id(),
                Events.user("u_1", Proofs.v1(secret, "u_1")),
                "\"properties\":{\"amount\":0.10000000000000000001,\"big\":1e400},\"future\":[true,null]");

        client.event(environment, event);

        String body = stored(environment, "body").get(0);
        assertTrue(body.contains("\"properties\":{\"amount\":0.10000000000000000001,\"big\":1e400}"), body);
        assertTrue(body.contains("\"future\":[true,null]"), body);
    }

    @Test
    void anUnknownRoute_answersInTheSameShape() {
        Answer answer = client.ingest(environment.apiKey(), "/nothing", "{}");

        assertEquals(404, answer.status());
        assertEquals("NOT_FOUND", answer.at("error", "code"));
    }
}
