package dev.countersign.client;

import static dev.countersign.client.TestCollector.error;
import static dev.countersign.client.TestCollector.json;
import static dev.countersign.client.TestCollector.rejection;
import static dev.countersign.client.TestCollector.settled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.delivery.RejectionReason;
import dev.countersign.client.event.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of events at the collector's hands; anonymous ones, so that proofs stay out of it. */
@Timeout(60)
class DeliveryTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

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
        assertEquals(rig.client.anonymousId(), event.anonymousId());
        assertNull(event.userId());
        assertEquals(DeliveryOutcome.Kind.DELIVERED, rig.heard.outcomes.get(0).kind());
        assertEquals(event.id(), rig.heard.outcomes.get(0).eventId());
        assertEquals(1, rig.heard.queued);
        assertEquals(1, rig.heard.sent);
    }

    @Test
    void aRequest_carriesTheKeyInAHeaderAndJsonInGzip() {
        rig.client.track("a");
        rig.flush();
        var request = rig.collector.requests.get(0);
        assertEquals("/api/v1/events/batch", request.getPath());
        assertEquals("POST", request.getMethod());
        assertEquals("pk_test", request.getHeader("X-API-Key"));
        assertEquals("gzip", request.getHeader("Content-Encoding"));
        assertTrue(request.getHeader("Content-Type").startsWith("application/json"));
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
        assertEquals(1, rig.client.diagnostics().queuedEvents(), "what the collector could not judge stays");
        assertEquals(
                List.of("INVALID_EVENT", "EVENT_ID_CONFLICT"),
                rig.heard.rejected.stream().map(DeliveryOutcome::code).toList());
        rig.pass(5, TimeUnit.SECONDS);
        assertEquals(List.of("again"), rig.collector.storedNames());
        assertEquals(
                List.of("DELIVERED", "REJECTED", "REJECTED", "DELIVERED"),
                rig.heard.outcomes.stream().map(o -> o.kind().name()).toList());
    }

    @Test
    void anAnonymousEventWithoutProof_isSetAsideWhereOneIsRequired() {
        rig.collector.judge = event -> "MISSING";
        rig.client.track("a");
        rig.flush();
        assertEquals(0, rig.client.diagnostics().queuedEvents());
        assertEquals(RejectionReason.MISSING, rig.heard.rejected.get(0).reason());
        assertTrue(rig.heard.rejected.get(0).isFinal());
        assertEquals(1, rig.client.diagnostics().rejected());
    }

    @Test
    void anUnknownReason_isOther() {
        rig.collector.judge = event -> "MOON_IN_WRONG_PHASE";
        rig.client.track("a");
        rig.flush();
        assertEquals(RejectionReason.OTHER, rig.heard.rejected.get(0).reason());
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
        assertEquals("TOO_LARGE", rig.heard.rejected.get(0).code());
        assertEquals(List.of("e1"), rig.collector.storedNames());
    }

    @Test
    void aProxysLimit_neverCostsAnEvent() {
        track(2);
        MockResponse proxy = new MockResponse().setResponseCode(413).setBody("<html>too large</html>");
        rig.collector.next(proxy);
        rig.collector.next(proxy);
        rig.flush();
        assertEquals(2, rig.client.diagnostics().queuedEvents());
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
        assertEquals("INVALID_JSON", rig.heard.rejected.get(0).code());
        assertTrue(rig.collector.batches.size() <= 16, rig.collector.batches.size() + " requests");
    }

    @Test
    void aStrangersAnswer_isATransportFailureThatLosesNothing() {
        List<MockResponse> strangers = List.of(
                new MockResponse().setResponseCode(302).setHeader("Location", rig.collector.url() + "/elsewhere"),
                new MockResponse().setResponseCode(307).setHeader("Location", rig.collector.url() + "/elsewhere"),
                new MockResponse()
                        .setResponseCode(200)
                        .setHeader("Content-Type", "text/html")
                        .setBody("<html>Hi"),
                json(200, "<html>Hi"),
                json(200, "{\"success\":true,\"accepted\":0,\"duplicates\":0,\"rejected\":[]}"),
                json(200, "{\"success\":true,\"accepted\":1,\"rejected\":[{\"index\":7,\"code\":\"INVALID_EVENT\"}]}"),
                json(200, "{\"success\":true,\"accep"),
                json(200, "{\"success\":false}"),
                json(200, "true"),
                json(200, "{\"success\":true}"),
                new MockResponse().setResponseCode(200),
                json(400, "{\"error\":\"bad\"}"),
                new MockResponse().setResponseCode(400).setBody("Bad Request"),
                json(401, "{\"message\":\"please log in to the hotel\"}"),
                new MockResponse().setResponseCode(401).setBody("no"),
                new MockResponse().setResponseCode(401).setHeader("WWW-Authenticate", "Basic realm=\"x\""),
                new MockResponse().setResponseCode(403),
                new MockResponse().setResponseCode(404),
                new MockResponse().setResponseCode(405),
                error(404, "NOT_FOUND"),
                error(500, "INTERNAL"),
                new MockResponse().setResponseCode(502).setBody("bad gateway"),
                json(200, "{\"success\":true,\"accepted\":1}")
                        .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY),
                new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        rig.client.track("kept", Attributes.empty(), rig.heard.callback());
        rig.client.flush();
        for (MockResponse stranger : strangers) {
            int told = rig.heard.postponed.size();
            rig.collector.next(stranger);
            rig.settle();
            assertEquals(1, rig.client.diagnostics().queuedEvents(), stranger.toString());
            assertEquals(told + 1, rig.heard.postponed.size(), stranger + " is reported once");
            assertTrue(rig.client.diagnostics().waitMillis() >= 1000, stranger.toString());
            rig.clock.advance(rig.client.diagnostics().waitMillis());
        }
        rig.settle();
        assertEquals(List.of("kept"), rig.collector.storedNames());
        assertEquals(1, rig.heard.outcomes.size());
        assertEquals(List.of(), rig.heard.rejected);
        assertTrue(rig.collector.requests.stream().allMatch(r -> r.getPath().equals("/api/v1/events/batch")));
    }

    @Test
    void anOutage_endsWithEveryEventStoredOnceInFewRequests() {
        for (int i = 0; i < 50; i++) {
            rig.collector.next(error(503, "KEYS_UNAVAILABLE"));
        }
        for (int i = 0; i < 400; i++) { // 20 s at 20 events a second
            rig.client.track("e" + i);
            rig.pass(50, TimeUnit.MILLISECONDS);
        }
        int duringOutage = rig.collector.batches.size();
        clearScript();
        rig.pass(1, TimeUnit.MINUTES);
        assertEquals(400, rig.collector.stored().size());
        assertTrue(duringOutage <= 10, duringOutage + " requests");
        assertEquals(0, rig.client.diagnostics().failures());
    }

    @Test
    void aServerThatStoredButCouldNotAnswer_getsTheSameIdsAgain() {
        track(3);
        rig.collector.nextBy(events -> {
            rig.collector.judged(events);
            return new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST);
        });
        rig.flush();
        rig.pass(10, TimeUnit.SECONDS);
        assertEquals(3, rig.collector.stored().size());
        assertEquals(ids(rig.collector.batches.get(0)), ids(rig.collector.batches.get(1)));
        assertEquals(0, rig.client.diagnostics().queuedEvents());
    }

    @Test
    void anExplicitFlush_cutsAWaitAfterFailuresToASecondSinceTheLast() {
        rig.random = 0.99;
        for (int i = 0; i < 9; i++) {
            rig.collector.next(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        }
        rig.client.track("a");
        rig.flush();
        while (rig.client.diagnostics().failures() < 9) {
            rig.clock.advance(rig.client.diagnostics().waitMillis());
            rig.settle();
        }
        assertTrue(rig.client.diagnostics().waitMillis() > 200_000);
        rig.flush();
        assertEquals(1000, rig.client.diagnostics().waitMillis(), "not at once: flush() in a loop is no storm");
        assertEquals(9, rig.client.diagnostics().failures());
        rig.pass(1, TimeUnit.SECONDS);
        assertEquals(List.of("a"), rig.collector.storedNames());
    }

    @Test
    void aClearedSession_cutsNoWaitShort() {
        rig.random = 0.99;
        rig.collector.next(new MockResponse().setResponseCode(500));
        rig.client.track("a");
        rig.flush();
        long wait = rig.client.diagnostics().waitMillis();
        rig.client.clearSession();
        rig.settle();
        assertEquals(wait, rig.client.diagnostics().waitMillis());
    }

    @Test
    void aProxysLimitThatOneEventExceeds_doesNotHoldUpTheOthers() {
        rejectBig(new MockResponse().setResponseCode(413));
        rig.client.track("big", Attributes.empty(), rig.heard.callback());
        track(3);
        rig.flush();
        assertEquals(4, rig.client.diagnostics().queuedEvents(), "a stranger's word counts only when repeated");
        rig.pass(1, TimeUnit.MINUTES);
        assertEquals(List.of("e0", "e1", "e2"), rig.collector.storedNames());
        assertEquals(0, rig.client.diagnostics().queuedEvents());
        assertEquals(DeliveryOutcome.Kind.REJECTED, rig.heard.outcomes.get(0).kind());
        assertEquals("HTTP 413", rig.heard.outcomes.get(0).code());
    }

    @Test
    void aProxyThatRefusesEverySize_costsFewEvents() {
        for (int i = 0; i < 1000; i++) {
            rig.collector.next(new MockResponse().setResponseCode(413));
        }
        track(20);
        rig.settle();
        rig.pass(1, TimeUnit.HOURS);
        assertTrue(rig.client.diagnostics().queuedEvents() >= 10, rig.client.diagnostics() + ": ever longer waits");
    }

    @Test
    void a401ThatSaysNothingOfEachEvent_setsNoneAside() {
        rig.client.track("anonymous");
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.track("proven");
        rig.collector.next(TestCollector.unverified("SIGNATURE_MISMATCH"));
        rig.flush();
        assertEquals(List.of(3, 1, 1, 1), sizes(), "smaller batches tell whose proof it was");
        assertEquals(3, rig.collector.stored().size());
        assertEquals(List.of(), rig.heard.rejected);
    }

    @Test
    void a401WithoutDetailsForOneEvent_isItsVerdict() {
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.collector.next(TestCollector.unverified("REVOKED_KEY"));
        rig.flush();
        assertEquals(RejectionReason.REVOKED_KEY, rig.heard.rejected.get(0).reason());
        assertEquals(1, rig.client.diagnostics().queuedEvents());
    }

    @Test
    void retryAfter_isObeyed() {
        rig.client.track("a");
        rig.collector.next(error(429, "OVERLOADED").setHeader("Retry-After", "120"));
        rig.flush();
        rig.client.flush();
        rig.pass(119, TimeUnit.SECONDS);
        assertEquals(1, rig.collector.batches.size());
        rig.pass(30, TimeUnit.SECONDS);
        assertEquals(2, rig.collector.batches.size());
    }

    @Test
    void retryAfterAsADate_isMeasuredAgainstTheServersDate() {
        rig.client.track("a");
        rig.clock.setWallWrongBy(TimeUnit.DAYS.toMillis(400));
        rig.collector.next(error(503, "KEYS_UNAVAILABLE")
                .setHeader("Date", "Fri, 20 Nov 2026 10:00:00 GMT")
                .setHeader("Retry-After", "Fri, 20 Nov 2026 10:01:00 GMT"));
        rig.flush();
        long wait = rig.client.diagnostics().waitMillis();
        assertTrue(wait >= 60_000 && wait <= 66_000, wait + " ms");
    }

    @Test
    void anUnknownApiKey_pausesDeliveryAndTriesRarely() {
        rig.client.track("a");
        for (int i = 0; i < 100; i++) {
            rig.collector.next(error(401, "INVALID_API_KEY"));
        }
        rig.flush();
        assertEquals(Diagnostics.State.API_KEY_REFUSED, rig.client.diagnostics().state());
        rig.client.flush();
        rig.pass(1, TimeUnit.HOURS);
        assertTrue(rig.collector.batches.size() <= 5, rig.collector.batches.size() + " requests");
        assertEquals(1, rig.client.diagnostics().queuedEvents());
        clearScript();
        rig.pass(20, TimeUnit.MINUTES);
        assertEquals(1, rig.collector.stored().size());
        assertEquals(Diagnostics.State.READY, rig.client.diagnostics().state());
    }

    @Test
    void eventsOlderThanTheLimit_areDroppedAndReported() {
        rig.collector.next(error(503, "KEYS_UNAVAILABLE").setHeader("Retry-After", "86400"));
        rig.client.track("old", Attributes.empty(), rig.heard.callback());
        rig.flush();
        rig.clock.advance(TimeUnit.DAYS.toMillis(7) + 1);
        rig.settle();
        assertEquals(List.of("TOO_OLD 1"), rig.heard.drops);
        assertEquals(DeliveryOutcome.Kind.DROPPED, rig.heard.outcomes.get(0).kind());
        assertEquals(1, rig.client.diagnostics().dropped());
    }

    @Test
    void aFullQueue_dropsTheOldestAndReportsIt() {
        try (Rig small = new Rig(builder -> builder.maxQueuedEvents(3).flushAt(500))) {
            for (int i = 0; i < 5; i++) {
                small.client.track("e" + i);
            }
            small.flush();
            assertEquals(List.of("e2", "e3", "e4"), small.collector.storedNames());
            assertEquals(List.of("QUEUE_FULL 2"), small.heard.drops);
        }
    }

    @Test
    void aCallbackThatThrows_disturbsNeitherDeliveryNorTheAppsExecutor() {
        List<RuntimeException> escaped = new ArrayList<>();
        Executor executor = task -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                escaped.add(e);
            }
        };
        try (Rig other = new Rig(builder -> builder.callbackExecutor(executor))) {
            other.client.track("a", Attributes.empty(), outcome -> {
                throw new IllegalStateException("the app's own fault");
            });
            other.flush();
            assertEquals(1, other.collector.stored().size());
            assertEquals(List.of(), escaped);
            assertTrue(other.heard.log.stream().anyMatch(line -> line.contains("IllegalStateException")));
        }
    }

    @Test
    void anExecutorThatRefuses_disturbsNothing() {
        Executor refusing = task -> {
            throw new RejectedExecutionException();
        };
        try (Rig other = new Rig(builder -> builder.callbackExecutor(refusing))) {
            other.client.track("a", Attributes.empty(), other.heard.callback());
            other.flush();
            assertEquals(1, other.collector.stored().size());
            assertEquals(0, other.client.diagnostics().queuedEvents());
        }
    }

    @Test
    void theContext_goesWithEveryEvent() {
        try (Rig other = new Rig(builder -> builder.context(Attributes.of("app", "1.2")))) {
            other.client.track("a");
            other.flush();
            assertEquals(
                    java.util.Map.of("app", "1.2"),
                    other.collector.stored().iterator().next().json().get("context"));
        }
    }

    @Test
    void initialize_isAnEventOfItsOwn() {
        rig.client.initialize();
        rig.flush();
        assertEquals("initialize", rig.collector.stored().iterator().next().type());
        assertFalse(rig.collector.stored().iterator().next().json().containsKey("name"));
    }

    private void rejectBig(MockResponse answer) {
        for (int i = 0; i < 50; i++) {
            rig.collector.nextBy(events ->
                    events.stream().anyMatch(e -> e.name().equals("big")) ? answer : rig.collector.judged(events));
        }
    }

    static void refusePoison(Rig rig, String poison) {
        for (int i = 0; i < 50; i++) {
            rig.collector.nextBy(
                    events -> events.stream().anyMatch(e -> e.name().equals(poison))
                            ? error(400, "INVALID_JSON")
                            : rig.collector.judged(events));
        }
    }

    private void clearScript() {
        rig.collector.clearScript();
    }

    private void track(int events) {
        for (int i = 0; i < events; i++) {
            rig.client.track("e" + i);
        }
    }

    private List<Integer> sizes() {
        return rig.collector.batches.stream().map(List::size).toList();
    }

    private static List<String> ids(List<SentEvent> events) {
        return events.stream().map(SentEvent::id).toList();
    }
}
