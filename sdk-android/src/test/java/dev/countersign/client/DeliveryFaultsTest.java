package dev.countersign.client;

import static dev.countersign.client.testkit.Answers.error;
import static dev.countersign.client.testkit.Answers.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.delivery.DeliveryOutcome;
import dev.countersign.client.delivery.Diagnostics;
import dev.countersign.client.delivery.RejectionReason;
import dev.countersign.client.event.Attributes;
import dev.countersign.client.testkit.Answers;
import dev.countersign.client.testkit.TestProofs;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;

/** What strange answers, outages and refusals of whole requests do to delivery: nothing is lost. */
class DeliveryFaultsTest extends DeliveryFixture {
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
                json(200, "{\"success\":true,\"accepted\":1}").setHeader("Content-Type", "text/plain"),
                json(200, "{\"success\":true,\"accepted\":1} and more"),
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
            assertEquals(1, rig.client.diagnostics().getQueuedEvents(), stranger.toString());
            assertEquals(told + 1, rig.heard.postponed.size(), stranger + " is reported once");
            assertTrue(rig.client.diagnostics().getWaitMillis() >= 1000, stranger.toString());
            rig.clock.advance(rig.client.diagnostics().getWaitMillis());
        }
        rig.settle();
        assertEquals(List.of("kept"), rig.collector.storedNames());
        assertEquals(1, rig.heard.outcomes.size());
        assertEquals(List.of(), rig.heard.rejected);
        assertTrue(rig.collector.requests.stream()
                .allMatch(r -> r.url().encodedPath().equals("/api/v1/events/batch")));
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
        assertEquals(0, rig.client.diagnostics().getFailures());
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
        assertEquals(0, rig.client.diagnostics().getQueuedEvents());
    }

    @Test
    void anExplicitFlush_cutsAWaitAfterFailuresToASecondSinceTheLast() {
        rig.random = 0.99;
        for (int i = 0; i < 9; i++) {
            rig.collector.next(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        }
        rig.client.track("a");
        rig.flush();
        while (rig.client.diagnostics().getFailures() < 9) {
            rig.clock.advance(rig.client.diagnostics().getWaitMillis());
            rig.settle();
        }
        assertTrue(rig.client.diagnostics().getWaitMillis() > 200_000);
        rig.flush();
        assertEquals(1000, rig.client.diagnostics().getWaitMillis(), "not at once: flush() in a loop is no storm");
        assertEquals(9, rig.client.diagnostics().getFailures());
        rig.pass(1, TimeUnit.SECONDS);
        assertEquals(List.of("a"), rig.collector.storedNames());
    }

    @Test
    void aClearedSession_cutsNoWaitShort() {
        rig.random = 0.99;
        rig.collector.next(new MockResponse().setResponseCode(500));
        rig.client.track("a");
        rig.flush();
        long wait = rig.client.diagnostics().getWaitMillis();
        rig.client.clearSession();
        rig.settle();
        assertEquals(wait, rig.client.diagnostics().getWaitMillis());
    }

    @Test
    void aProxysLimitThatOneEventExceeds_doesNotHoldUpTheOthers() {
        rejectBig(new MockResponse().setResponseCode(413));
        rig.client.track("big", Attributes.empty(), rig.heard.callback());
        track(3);
        rig.flush();
        assertEquals(4, rig.client.diagnostics().getQueuedEvents(), "a stranger's word counts only when repeated");
        rig.pass(1, TimeUnit.MINUTES);
        assertEquals(List.of("e0", "e1", "e2"), rig.collector.storedNames());
        assertEquals(0, rig.client.diagnostics().getQueuedEvents());
        assertEquals(DeliveryOutcome.Kind.REJECTED, rig.heard.outcomes.get(0).getKind());
        assertEquals("HTTP 413", rig.heard.outcomes.get(0).getCode());
    }

    @Test
    void aProxyThatRefusesEverySize_costsFewEvents() {
        for (int i = 0; i < 1000; i++) {
            rig.collector.next(new MockResponse().setResponseCode(413));
        }
        track(20);
        rig.settle();
        rig.pass(1, TimeUnit.HOURS);
        assertTrue(rig.client.diagnostics().getQueuedEvents() >= 10, rig.client.diagnostics() + ": ever longer waits");
    }

    @Test
    void a401ThatSaysNothingOfEachEvent_setsNoneAside() {
        rig.client.track("anonymous");
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.client.track("proven");
        rig.collector.next(Answers.unverified("SIGNATURE_MISMATCH"));
        rig.flush();
        assertEquals(List.of(3, 1, 1, 1), sizes(), "smaller batches tell whose proof it was");
        assertEquals(3, rig.collector.stored().size());
        assertEquals(List.of(), rig.heard.rejected);
    }

    @Test
    void a401WithoutDetailsForOneEvent_isItsVerdict() {
        rig.client.identify("u_1", TestProofs.of("u_1", 1));
        rig.collector.next(Answers.unverified("REVOKED_KEY"));
        rig.flush();
        assertEquals(RejectionReason.REVOKED_KEY, rig.heard.rejected.get(0).getReason());
        assertEquals(1, rig.client.diagnostics().getQueuedEvents());
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
        long wait = rig.client.diagnostics().getWaitMillis();
        assertTrue(wait >= 60_000 && wait <= 66_000, wait + " ms");
    }

    @Test
    void anUnknownApiKey_pausesDeliveryAndTriesRarely() {
        rig.client.track("a");
        for (int i = 0; i < 100; i++) {
            rig.collector.next(error(401, "INVALID_API_KEY"));
        }
        rig.flush();
        assertEquals(Diagnostics.State.API_KEY_REFUSED, rig.client.diagnostics().getState());
        rig.client.flush();
        rig.pass(1, TimeUnit.HOURS);
        assertTrue(rig.collector.batches.size() <= 5, rig.collector.batches.size() + " requests");
        assertEquals(1, rig.client.diagnostics().getQueuedEvents());
        clearScript();
        rig.pass(20, TimeUnit.MINUTES);
        assertEquals(1, rig.collector.stored().size());
        assertEquals(Diagnostics.State.READY, rig.client.diagnostics().getState());
    }
}
