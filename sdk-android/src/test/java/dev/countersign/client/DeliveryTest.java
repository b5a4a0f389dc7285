package dev.countersign.client;

import static dev.countersign.client.testkit.Answers.error;
import static dev.countersign.client.testkit.Answers.rejection;
import static dev.countersign.client.testkit.Answers.settled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.RejectionReason;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.testkit.SentEvent;
import dev.countersign.client.testkit.TestProofs;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of events at the collector's hands; anonymous ones, so that proofs stay out of it. */
class DeliveryTest extends DeliveryFixture {
    @Test
    void fewEvents_areSentAfterThirtySeconds() {
        rig.client.track("a");
        rig.pass(29_999, TimeUnit.MILLISECONDS);
        assertEquals(0, rig.collector.batches.size());
        rig.pass(1, TimeUnit.MILLISECONDS);
        assertEquals(List.of("a"), rig.collector.storedNames());
    }

    @Test
    void twentyEvents_areSentAtOnceInOneRequest() {
        track(20);
        rig.settle();
        assertEquals(20, rig.collector.stored().size());
        assertEquals(1, rig.collector.batches.size());
    }

    @Test
    void aFlush_sendsAtOnce() {
        rig.client.track("a", Attributes.of("amount", 42.5), rig.heard.callback());
        rig.flush();
        SentEvent event = rig.collector.stored().iterator().next();
        assertEquals(42.5, ((java.util.Map<?, ?>) event.json().get("properties")).get("amount"));
        assertEquals("2026-11-20T10:00:00.000Z", event.text("timestamp"));
        assertEquals(rig.client.getAnonymousId(), event.anonymousId());
        assertNull(event.userId());
        assertEquals(DeliveryOutcome.Kind.DELIVERED, rig.heard.outcomes.get(0).getKind());
        assertEquals(event.id(), rig.heard.outcomes.get(0).getEventId());
        assertEquals(1, rig.heard.queued);
        assertEquals(1, rig.heard.sent);
    }

    @Test
    @Tag("T24")
    void aRequest_carriesTheKeyInAHeaderAndJsonInGzip() {
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.flush();
        var request = rig.collector.requests.get(0);
        assertEquals("/api/v1/events/batch", request.url().encodedPath());
        assertNull(request.url().encodedQuery(), "no proof in the address");
        assertEquals("POST", request.method());
        assertEquals("pk_test", request.header("X-API-Key"));
        assertEquals("gzip", request.header("Content-Encoding"));
        assertTrue(request.header("Content-Type").startsWith("application/json"));
    }

    @Test
    void manyEvents_goInRequestsOfFiveHundredInOrder() {
        track(1201);
        rig.flush();
        assertEquals(List.of(500, 500, 201), sizes());
        assertEquals("e0", rig.collector.storedNames().get(0));
        assertEquals("e1200", rig.collector.storedNames().get(1200));
    }

    @Test
    void largeEvents_goInRequestsOfHalfAMebibyte() {
        for (int i = 0; i < 40; i++) {
            rig.client.track("e" + i, Attributes.of("text", "x".repeat(30_000)));
        }
        rig.flush();
        assertEquals(40, rig.collector.stored().size());
        assertTrue(rig.collector.bodies.stream().allMatch(body -> body.length() <= 512 * 1024));
        assertEquals(3, rig.collector.batches.size());
    }

    @Test
    @Tag("R59")
    @Tag("R60")
    @Tag("R61")
    @Tag("R64")
    @Tag("R72")
    void aMixedBatch_isHandledEntryByEntry() {
        rig.client.track("good", Attributes.empty(), rig.heard.callback());
        rig.client.track("bad", Attributes.empty(), rig.heard.callback());
        rig.client.track("conflict", Attributes.empty(), rig.heard.callback());
        rig.client.track("again", Attributes.empty(), rig.heard.callback());
        rig.collector.nextBy(events -> settled(
                1,
                0,
                List.of(
                        rejection(2, events.get(2).id(), "EVENT_ID_CONFLICT", null),
                        rejection(1, events.get(1).id(), "INVALID_EVENT", null),
                        rejection(3, events.get(3).id(), "KEYS_UNAVAILABLE", null))));
        rig.flush();
        assertEquals(1, rig.client.diagnostics().getQueuedEvents(), "what the collector could not judge stays");
        assertEquals(
                List.of("INVALID_EVENT", "EVENT_ID_CONFLICT"),
                rig.heard.rejected.stream().map(DeliveryOutcome::getCode).toList());
        rig.pass(5, TimeUnit.SECONDS);
        assertEquals(List.of("again"), rig.collector.storedNames());
        assertEquals(
                List.of("DELIVERED", "REJECTED", "REJECTED", "DELIVERED"),
                rig.heard.outcomes.stream().map(o -> o.getKind().name()).toList());
    }

    @Test
    void anAnonymousEventWithoutProof_isSetAsideWhereOneIsRequired() {
        rig.collector.judge = event -> "MISSING";
        rig.client.track("a");
        rig.flush();
        assertEquals(0, rig.client.diagnostics().getQueuedEvents());
        assertEquals(RejectionReason.MISSING, rig.heard.rejected.get(0).getReason());
        assertTrue(rig.heard.rejected.get(0).isFinal());
        assertEquals(1, rig.client.diagnostics().getRejected());
    }

    @Test
    void anUnknownReason_isOther() {
        rig.collector.judge = event -> "MOON_IN_WRONG_PHASE";
        rig.client.track("a");
        rig.flush();
        assertEquals(RejectionReason.OTHER, rig.heard.rejected.get(0).getReason());
    }

    @Test
    void aBatchThatIsTooLarge_isHalved() {
        track(40);
        rig.collector.next(error(413, "TOO_LARGE"));
        rig.collector.next(error(413, "TOO_LARGE"));
        rig.settle();
        assertEquals(List.of(40, 20, 10), sizes().subList(0, 3));
        assertEquals(40, rig.collector.stored().size());
        assertEquals(0, rig.heard.rejected.size());
    }

    @Test
    void aSingleEventThatIsTooLarge_isSetAsideAndTheNextOneGoes() {
        track(2);
        rig.collector.next(error(413, "TOO_LARGE"));
        rig.collector.next(error(413, "TOO_LARGE"));
        rig.flush();
        assertEquals("TOO_LARGE", rig.heard.rejected.get(0).getCode());
        assertEquals(List.of("e1"), rig.collector.storedNames());
    }

    @Test
    void aProxysLimit_neverCostsAnEvent() {
        track(2);
        MockResponse proxy = new MockResponse().setResponseCode(413).setBody("<html>too large</html>");
        rig.collector.next(proxy);
        rig.collector.next(proxy);
        rig.flush();
        assertEquals(2, rig.client.diagnostics().getQueuedEvents());
        rig.pass(10, TimeUnit.SECONDS);
        assertEquals(2, rig.collector.stored().size());
    }

    @Test
    void aPoisonEvent_isFoundByHalvingAndOnlyItIsSetAside() {
        track(100);
        refusePoison(rig, "e63");
        rig.settle();
        assertEquals(99, rig.collector.stored().size());
        assertEquals(1, rig.heard.rejected.size());
        assertEquals("INVALID_JSON", rig.heard.rejected.get(0).getCode());
        assertTrue(rig.collector.batches.size() <= 16, rig.collector.batches.size() + " requests");
    }
}
