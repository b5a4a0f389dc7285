package dev.countersign.samples.collector.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.squareup.moshi.Moshi;
import dev.countersign.samples.collector.event.Entry.Event;
import dev.countersign.samples.collector.event.EventType;
import dev.countersign.server.enforcement.AnonymousPolicy;
import dev.countersign.server.enforcement.EnforcementMode;
import dev.countersign.server.enforcement.EnforcementPolicy;
import dev.countersign.server.enforcement.Verdict;
import dev.countersign.server.hmac.HmacFormat;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every HMAC vector, in every form, as user and as group, judged in STRICT. */
class VectorsTest {
    private static final EnforcementPolicy STRICT =
            new EnforcementPolicy(EnforcementMode.STRICT, AnonymousPolicy.REJECT);

    @Test
    @Tag("R16")
    @Tag("R20")
    @Tag("R23")
    void everyVector_isVerified_andForAnotherIdItIsNot() throws IOException {
        List<Map<String, String>> vectors = vectors();
        assertFalse(vectors.isEmpty());
        for (Map<String, String> vector : vectors) {
            check(vector, HmacFormat.HEX, vector.get("hex"));
            check(vector, HmacFormat.BASE64, vector.get("base64"));
            check(vector, HmacFormat.HMAC_V1, vector.get("hmac_v1"));
        }
    }

    private static void check(Map<String, String> vector, HmacFormat format, String proof) {
        SigningKey key = SigningKey.of("k1", Secret.ofShort(vector.get("secret")), KeyStatus.PRIMARY);
        EventJudge judge =
                new EventJudge(STRICT, false, Proofs.hmac(format, KeySource.of(KeyRing.of(1, List.of(key)))));
        String id = vector.get("id");

        assertEquals(
                Verdict.Outcome.VERIFIED,
                judge.judge(event(id, proof, id, proof)).outcome(),
                vector::toString);
        assertEquals(
                Verdict.Outcome.DROPPED,
                judge.judge(event(id + "x", proof, id, proof)).outcome());
        assertEquals(
                Verdict.Outcome.DROPPED,
                judge.judge(event(id, proof, id + "x", proof)).outcome());
    }

    private static Event event(String userId, String identityToken, String groupId, String groupToken) {
        return new Event(
                "0199a5a0-0000-7000-8000-000000000001",
                EventType.TRACK,
                "n",
                null,
                userId,
                identityToken,
                "k1",
                groupId,
                groupToken,
                null,
                "{}");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, String>> vectors() throws IOException {
        String json = Files.readString(Path.of("../../docs/vectors/identity-vectors.json"));
        Object all = new Moshi.Builder().build().adapter(Object.class).fromJson(json);
        return (List<Map<String, String>>) ((Map<String, Object>) all).get("hmac");
    }
}
