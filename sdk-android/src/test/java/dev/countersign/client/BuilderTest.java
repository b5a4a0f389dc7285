package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.event.Attributes;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Bad arguments throw at once, naming the field, the actual and the allowed value. */
class BuilderTest {
    private static final String ENDPOINT = "https://collect.example.com";

    @Test
    @Tag("R37")
    void aSecretKey_isRefused() {
        refused("apiKey: starts with sk_", () -> Countersign.builder("sk_live_123"));
        refused("apiKey: starts with sis_", () -> Countersign.builder("sis_123"));
        refused("apiKey: starts with -----BEGIN", () -> Countersign.builder("-----BEGIN PRIVATE KEY-----"));
    }

    @Test
    void aKeyThatFitsNoHeader_isRefused() {
        refused("apiKey: null", () -> Countersign.builder(null));
        refused("apiKey: 0 characters, allowed are 1 to 256", () -> Countersign.builder(""));
        refused("apiKey: character 10 at index 3", () -> Countersign.builder("pk_\nX-Evil: 1"));
        refused("apiKey: character 233 at index 3", () -> Countersign.builder("pk_é"));
    }

    @Test
    void whatIsRequired_isAskedFor() {
        refused(
                "endpoint: null",
                () -> Countersign.builder("pk_x").memoryQueue().build());
        refused(
                "queue: none chosen",
                () -> Countersign.builder("pk_x").endpoint(ENDPOINT).build());
        refused(
                "unsigned: with a proofProvider",
                () -> Countersign.builder("pk_x")
                        .endpoint(ENDPOINT)
                        .memoryQueue()
                        .unsigned()
                        .proofProvider(request -> null)
                        .build());
    }

    @Test
    void numbersOutOfRange_areRefused() {
        CountersignBuilder builder = Countersign.builder("pk_x");
        refused("flushAt: 0, allowed are 1 to 500", () -> builder.flushAt(0));
        refused("flushAt: 501, allowed are 1 to 500", () -> builder.flushAt(501));
        refused("flushEvery: 0, allowed are 1 to 31536000000", () -> builder.flushEvery(0, TimeUnit.SECONDS));
        refused("callTimeout: -1000", () -> builder.callTimeout(-1, TimeUnit.SECONDS));
        refused("callTimeout: 2592000000, allowed are 1 to 600000", () -> builder.callTimeout(30, TimeUnit.DAYS));
        refused("maxQueuedEvents: 0", () -> builder.maxQueuedEvents(0));
        refused("maxQueuedBytes: 32767, allowed are 32768", () -> builder.maxQueuedBytes(32_767));
        refused("maxEventAge: 0", () -> builder.maxEventAge(0, TimeUnit.DAYS));
    }

    @Test
    void badArgumentsOfCalls_throwAndRecordNothing() {
        try (TestClient rig = TestClient.overHttp()) {
            Countersign client = rig.client;
            refused("name: 0 code points", () -> client.track(""));
            refused("name: null", () -> client.track(null));
            refused("name: 257 code points", () -> client.track("x".repeat(257)));
            refused("userId: 0 code points", () -> client.identify(""));
            refused("userId: null", () -> client.identify(null));
            refused("groupId: 0 code points", () -> client.group(""));
            refused("groupId: null", () -> client.group(null));
            refused("groupId: 257 code points", () -> client.group("x".repeat(257)));
            refused("properties: null", () -> client.track("a", null));
            refused("callback: null", () -> client.track("a", Attributes.empty(), null));
            refused("userId: 257 code points", () -> client.identify("x".repeat(257)));
            refused("proof: null", () -> client.identify("u", (dev.countersign.client.identity.IdentityProof) null));
            refused("traits: null", () -> client.identify("u", (Attributes) null));
            refused("groupId: lone surrogate", () -> client.group("\ud800"));
            refused("metadata: null", () -> client.initialize(null));
            refused("policy: null", () -> client.clearSession(null));
            refused("timeout: -1", () -> client.flush(-1, TimeUnit.SECONDS));
            refused("unit: null", () -> client.flush(1, null));
            refused("unit: null", () -> client.close(1, null));
            refused(
                    "event: ",
                    () -> client.identify("u", Attributes.of("a", "x".repeat(32_700)), TestProofs.of("u", 1)));
            rig.flush();
            assertEquals(0, rig.collector.batches.size());
            client.track("anonymous still");
            rig.flush();
            assertFalse(rig.collector.sent().get(0).json().containsKey("userId"), "a refused call changes no session");
        }
    }

    private static void refused(String message, Executable call) {
        Exception e = assertThrows(IllegalArgumentException.class, call);
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
