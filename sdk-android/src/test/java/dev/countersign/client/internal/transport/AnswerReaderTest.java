package dev.countersign.client.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.RejectionReason;
import dev.countersign.client.internal.transport.Answer.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    @Test
    @Tag("R60")
    void aMixedAnswer_namesEachRejection() {
        Answer answer = AnswerReader.read(
                200,
                "{\"success\":true,\"accepted\":48,\"duplicates\":1,\"later\":{\"x\":[1]},\"rejected\":["
                        + "{\"index\":3,\"id\":\"x\",\"code\":\"IDENTITY_UNVERIFIED\",\"reason\":\"EXPIRED\"},"
                        + "{\"index\":4,\"code\":\"INVALID_EVENT\",\"reason\":\"ID_NOT_STRING\",\"message\":\"m\"}]}",
                51);
        assertEquals(Kind.SETTLED, answer.kind());
        assertEquals(3, answer.rejected().get(0).index());
        assertEquals(RejectionReason.EXPIRED, answer.rejected().get(0).reason());
        assertEquals("INVALID_EVENT", answer.rejected().get(1).code());
        assertNull(answer.rejected().get(1).reason(), "not the proof's fault");
        assertTrue(answer.isFromCollector());
    }

    @Test
    @Tag("T28")
    void a401_isTheVerdictOnOneOrNamesEach() {
        String error = "\"success\":false,\"error\":{\"code\":\"IDENTITY_UNVERIFIED\",\"reason\":\"MISSING\"}";
        Answer one = AnswerReader.read(401, "{" + error + "}", 1);
        assertEquals(Kind.SETTLED, one.kind());
        assertEquals(RejectionReason.MISSING, one.rejected().get(0).reason());
        Answer unclear = AnswerReader.read(401, "{" + error + "}", 2);
        assertEquals(Kind.UNREADABLE, unclear.kind());
        Answer each = AnswerReader.read(
                401,
                "{" + error + ",\"accepted\":0,\"rejected\":["
                        + "{\"index\":0,\"code\":\"IDENTITY_UNVERIFIED\",\"reason\":\"EXPIRED\"},"
                        + "{\"index\":1,\"code\":\"IDENTITY_UNVERIFIED\",\"reason\":\"NEW\"}]}",
                2);
        assertEquals(Kind.SETTLED, each.kind());
        assertEquals(RejectionReason.EXPIRED, each.rejected().get(0).reason());
        assertEquals(RejectionReason.OTHER, each.rejected().get(1).reason());
    }

    @Test
    void anUnknownApiKey_isAnotherThing() {
        assertEquals(
                Kind.KEY_REFUSED,
                AnswerReader.read(401, "{\"success\":false,\"error\":{\"code\":\"INVALID_API_KEY\"}}", 1)
                        .kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "{}",
                "{\"success\":true}",
                "{\"success\":true,\"duplicates\":3}",
                "{\"success\":true,\"accepted\":1}",
                "{\"success\":true,\"accepted\":3}",
                "{\"success\":true,\"accepted\":-1,\"duplicates\":3}",
                "{\"success\":true,\"accepted\":2147483647,\"duplicates\":2147483647,\"rejected\":[]}",
                "{\"success\":\"true\",\"accepted\":2}",
                "{\"success\":true,\"accepted\":2} <!-- injected -->",
                "{\"success\":true,\"accepted\":2.5}",
                "{\"success\":true,\"accepted\":1,\"rejected\":[{\"index\":2,\"code\":\"INVALID_EVENT\"}]}",
                "{\"success\":true,\"accepted\":1,\"rejected\":[{\"index\":-1,\"code\":\"INVALID_EVENT\"}]}",
                "{\"success\":true,\"accepted\":1,\"rejected\":[{\"index\":0}]}",
                "{\"success\":true,\"accepted\":1,\"rejected\":[{\"code\":\"INVALID_EVENT\"}]}",
                "{\"success\":true,\"accepted\":0,\"rejected\":[{\"index\":0,\"code\":\"X\"},{\"index\":0,\"code\":\"X\"}]}",
                "{\"success\":true,\"accepted\":1,\"rejected\":[\"all\"]}"
            })
    void whatDoesNotAddUp_isNobodysWord(String body) {
        for (int status : new int[] {200, 401, 400}) {
            Answer answer = AnswerReader.read(status, body, 2);
            assertEquals(Kind.FAILED, answer.kind(), status + " " + body);
            assertFalse(answer.isFromCollector());
        }
    }

    @Test
    void onlyTheCollectorsOwn400_isTakenForAPoisonEvent() {
        assertEquals(Kind.UNREADABLE, read(400, "INVALID_JSON"));
        assertEquals(Kind.UNREADABLE, read(400, "INVALID_EVENT"));
        assertEquals(Kind.FAILED, read(400, "UPGRADE_YOUR_PROXY"));
        assertEquals(Kind.FAILED, read(403, "INVALID_JSON"));
        assertEquals(Kind.TOO_LARGE, read(413, "TOO_LARGE"));
        assertEquals(Kind.FAILED, read(503, "KEYS_UNAVAILABLE"));
        assertEquals(Kind.FAILED, read(401, "SOMETHING_ELSE"));
    }

    private static Kind read(int status, String code) {
        return AnswerReader.read(status, "{\"success\":false,\"error\":{\"code\":\"" + code + "\"}}", 2)
                .kind();
    }
}
