package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofRequest.Cause;
import dev.countersign.client.testkit.ManualClock;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How proofs are renewed, and what a provider that fails, hangs or storms can do. */
class ProofRenewalTest extends ProofFlowFixture {
    @Test
    void aProofNearItsEnd_isRenewedAheadWithoutARefusal() {
        lifetime = TimeUnit.MINUTES.toMillis(15);
        withProvider();
        rig.collector.date = 0;
        rig.client.identify("u_1");
        rig.flush();
        rig.pass(13, TimeUnit.MINUTES);
        assertEquals(1, asked.size());
        rig.pass(119, TimeUnit.SECONDS);
        assertEquals(List.of(Cause.FIRST, Cause.EXPIRING), causes());
        rig.pass(1, TimeUnit.HOURS);
        assertEquals(2, asked.size(), "an unused proof is not renewed");
    }

    @Test
    void anExpiredProof_isReplacedBeforeAnythingIsSent() {
        lifetime = TimeUnit.MINUTES.toMillis(15);
        withProvider();
        rig.client.identify("u_1");
        rig.flush();
        valid = 2;
        issued = 2;
        rig.clock.advance(TimeUnit.HOURS.toMillis(3));
        rig.client.track("after a long sleep");
        rig.flush();
        assertEquals(2, rig.collector.stored().size());
        assertEquals(2, rig.collector.batches.size(), "no refusal");
        assertEquals(0, rig.heard.rejected.size());
    }

    @Test
    void aWrongDeviceClock_neitherThrowsNorStorms() {
        lifetime = TimeUnit.MINUTES.toMillis(15);
        withProvider();
        rig.clock.setWallWrongBy(TimeUnit.DAYS.toMillis(3650));
        rig.collector.date = rig.clock.trueMillis();
        rig.client.identify("u_1");
        rig.flush();
        assertEquals(1, rig.collector.stored().size());
        rig.client.track("a");
        rig.flush();
        assertEquals(2, rig.collector.stored().size());
        assertTrue(asked.size() <= 2, asked.size() + " calls of the provider");
    }

    @Test
    void theAppFlushesAfterTheProviderFailed_itIsAskedAtOnceAndEventsGo() {
        boolean[] reachable = {false};
        rig.close();
        rig = TestClient.overHttp(builder -> builder.proofProvider(request -> {
            if (!reachable[0]) {
                throw new IOException("no network");
            }
            return IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), 1));
        }));
        rig.client.identify("u_1");
        rig.pass(5, TimeUnit.MINUTES);
        assertEquals(0, rig.collector.stored().size());

        reachable[0] = true;
        rig.settle();
        assertEquals(0, rig.collector.stored().size());
        rig.flush();
        assertEquals(1, rig.collector.stored().size());
    }

    @Test
    void aProviderThatFails_isAskedEverMoreRarelyAndNothingIsSentUnproven() {
        rig.close();
        int[] calls = {0};
        rig = TestClient.overHttp(builder -> builder.proofProvider(request -> {
            switch (calls[0]++ % 4) {
                case 0:
                    throw new IOException("proof hmac_v1:secret-looking text");
                case 1:
                    return null;
                case 2:
                    return IssuedProof.of("somebody else", TestProofs.of("u_1", 1));
                default:
                    return IssuedProof.of(request.getUserId(), TestProofs.of("u_1", 1))
                            .expiresAt(rig.clock.trueMillis() - 1);
            }
        }));
        rig.collector.date = ManualClock.START;
        rig.client.track("tells the time");
        rig.client.identify("u_1");
        rig.flush();
        rig.pass(1, TimeUnit.HOURS);
        assertEquals(List.of("tells the time"), rig.collector.storedNames());
        assertTrue(calls[0] >= 10 && calls[0] <= 45, calls[0] + " calls in an hour");
        assertEquals(
                List.of(
                        "the provider threw java.io.IOException",
                        "nobody is logged in",
                        "a proof of another user",
                        "a proof that has expired already"),
                rig.heard.failed.subList(0, 4));
        assertFalse(rig.heard.log.toString().contains("secret-looking"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"userId\":\"\",\"identityToken\":\"\"}",
                "{\"userId\":\"u_1\",\"identityToken\":\"\"}"
            })
    void aProviderThatGivesSomethingEmpty_isReportedOnceAndDisturbsNobodyElse(String answer) {
        rig.close();
        boolean[] mended = {false};
        rig = TestClient.overHttp(
                builder -> builder.proofProvider(request -> mended[0] ? fetch(request) : IssuedProof.fromJson(answer)));
        rig.client.track("anonymous");
        rig.client.identify("u_1");
        rig.flush();
        assertEquals(List.of("the provider threw java.lang.IllegalArgumentException"), rig.heard.failed);
        assertEquals(List.of("anonymous"), rig.collector.storedNames());
        mended[0] = true;
        rig.flush();
        assertEquals(2, rig.collector.stored().size());
    }

    @Test
    void aProviderThatHangs_isCutOffAfterThirtySecondsAndItsAnswerNoLongerCounts() {
        withProvider();
        rig.holdFetches();
        rig.client.identify("u_1");
        rig.flush();
        Runnable hanging = rig.fetches.remove();
        rig.pass(31, TimeUnit.SECONDS);
        assertEquals(List.of("no answer within 30 s"), rig.heard.failed);
        hanging.run();
        rig.settle();
        assertEquals(0, rig.collector.batches.size());
        rig.pass(5, TimeUnit.SECONDS);
        rig.fetch();
        rig.settle();
        assertEquals(1, rig.collector.stored().size());
    }

    @Test
    void sustainedTraffic_doesNotKeepAProofFromBeingRenewedAhead() {
        lifetime = TimeUnit.MINUTES.toMillis(15);
        withProvider();
        rig.client.identify("u_1");
        rig.flush();
        AtomicInteger askedDuringRequests = new AtomicInteger();
        for (int i = 0; i < 15; i++) { // one look of the delivery thread that never comes to an end
            rig.collector.nextBy(events -> {
                askedDuringRequests.set(rig.fetches.size());
                rig.clock.advance(TimeUnit.SECONDS.toMillis(59));
                for (int n = 0; n < 20; n++) {
                    rig.client.track("more");
                }
                return rig.collector.judged(events);
            });
        }
        rig.client.track("first");
        rig.client.flush();
        rig.step();
        assertEquals(1, askedDuringRequests.get());
    }

    @Test
    void shortLivedProofs_stayWithinTheBudget() {
        lifetime = 100;
        withProvider();
        rig.collector.date = 0;
        rig.client.identify("u_1");
        for (int i = 0; i < 200; i++) {
            rig.client.track("e" + i);
            rig.client.flush();
            rig.pass(500, TimeUnit.MILLISECONDS);
        }
        assertTrue(asked.size() <= 81, asked.size() + " calls of the provider in 100 s");
        assertTrue(asked.size() >= 70, asked.size() + " calls of the provider in 100 s");
    }
}
