package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies from which no event can be read: refused by name, without an echo, and nothing is stored. */
class BadBodyTest extends CollectorTest {
    private TestEnvironment environment;
    private String secret;

    @BeforeEach
    void createEnvironment() {
        environment = client.environment("hmac-v1", "STRICT", "ALLOW");
        secret = environment.createKey().secret();
    }

    private String proven() {
        return Events.track(Events.id(), Events.user("u_1", Proofs.v1(secret, "u_1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"events\":[}",
                "{\"events\":[]} true",
                "{'events':[]}",
                "{\"events\":[],\"events\":[]}",
                "{\"events\":[{\"userId\":\"a\",\"userId\":\"b\"}]}",
                "{\"events\":[{\"userId\":\"a\",\"\\u0075serId\":\"b\"}]}",
                "{\"events\":[{\"properties\":{\"a\":{\"b\":[{\"c\":1,\"c\":2}]}}}]}",
                "{\"events\":[{\"id\":{\"a\":1,\"a\":1}}]}",
                "{\"events\":[[{\"a\":1,\"a\":1}]]}",
                "{\"events\":[],\"other\":{\"a\":1,\"a\":1}}",
                "{\"events\":{}}",
                "{}",
                "[]",
                "null",
                "{\"events\":[NaN]}",
            })
    void malformedJson_isRefusedByName_withoutAnEcho(String json) {
        Answer answer = client.ingest(environment.apiKey(), "/batch", json);

        assertEquals(400, answer.status(), answer.text());
        assertEquals("INVALID_JSON", answer.at("error", "code"));
    }

    /** Bytes that RFC 3629 forbids: a lone continuation, an overlong slash, half a surrogate pair, beyond U+10FFFF, a cut-off end. */
    @ParameterizedTest
    @ValueSource(strings = {"80", "c0af", "eda080", "f4908080", "e2 82", "ff", "fe"})
    void invalidUtf8_isRefused_inAnIdAndElsewhere(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        String id = new String(bytes, StandardCharsets.ISO_8859_1);
        String user = "\"userId\":\"u_" + id + "\"";
        String property = Events.user("u_1") + ",\"properties\":{\"x\":\"" + id + "\"}";
        String name = Events.user("u_1") + ",\"properties\":{\"" + id + "\":1}";
        for (String members : List.of(user, property, name)) {
            byte[] body = Events.track(Events.id(), members).getBytes(StandardCharsets.ISO_8859_1);

            Answer answer = client.ingest(environment.apiKey(), "", body);

            assertEquals(400, answer.status(), answer.text());
            assertEquals("INVALID_JSON", answer.at("error", "code"));
        }
        assertEquals(List.of(), stored(environment, "id"));
    }

    /** No UTF-8, though JSON of old: RFC 8259 leaves UTF-8 alone. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32BE"})
    void jsonInAnotherEncoding_isRefused(String charset) {
        byte[] body = Events.track(Events.id(), Events.anonymous("a")).getBytes(Charset.forName(charset));

        assertEquals(400, client.ingest(environment.apiKey(), "", body).status());
    }

    @Test
    @Tag("R67")
    void malformedJson_isNotQuoted() {
        Answer answer = client.event(environment, "{\"identityToken\":hmac_v1_of_somebody}");

        assertEquals("INVALID_JSON", answer.at("error", "code"));
        assertFalse(answer.text().contains("hmac_v1"), answer.text());
    }

    @Test
    void jsonNestedBeyondReason_isRefused() {
        Answer answer = client.event(environment, "[".repeat(100_000));

        assertEquals(400, answer.status());
        assertEquals("INVALID_JSON", answer.at("error", "code"));
    }

    @Test
    void gzip_isAccepted() {
        byte[] gzip = TestClient.gzip("{\"events\":[" + proven() + "]}");

        assertEquals(1, client.ingestGzip(environment.apiKey(), "/batch", gzip).number("accepted"));
    }

    @Test
    void aCompressedBomb_isRefused() {
        byte[] bomb = TestClient.gzip(" ".repeat(64 << 20)); // 64 KB that unpack to 64 MB.

        Answer answer = client.ingestGzip(environment.apiKey(), "/batch", bomb);

        assertEquals(413, answer.status());
        assertEquals("TOO_LARGE", answer.at("error", "code"));
    }

    @Test
    void gzipThatIsCutOffAnywhere_orIsNone_isRefused() {
        byte[] gzip = TestClient.gzip("{\"events\":[" + proven() + "]}");

        for (int length = 1; length < gzip.length; length++) {
            Answer cut = client.ingestGzip(environment.apiKey(), "/batch", Arrays.copyOf(gzip, length));
            assertEquals(400, cut.status(), "cut to " + length);
            assertEquals("INVALID_JSON", cut.at("error", "code"));
        }
        Answer none = client.ingestGzip(environment.apiKey(), "/batch", new byte[] {1, 2, 3});

        assertEquals("INVALID_JSON", none.at("error", "code"));
        assertEquals(List.of(), stored(environment, "id"));
    }

    @Test
    void aBodyLargerThanTheServerReads_isRefusedByName() {
        Answer answer = client.ingest(environment.apiKey(), "", " ".repeat(1_200_000));

        assertEquals(413, answer.status());
        assertEquals("TOO_LARGE", answer.at("error", "code"));
    }
}
