package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.countersign.client.identity.IssuedProof;
import dev.countersign.client.identity.ProofRequest;
import dev.countersign.client.testkit.Answers;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Outages and refusals on HTTP, with the queue on disk: every event arrives once, in few requests. */
@Timeout(120)
class OutageTest {
    @TempDir
    Path directory;

    private final List<ProofRequest> asked = new ArrayList<>();
    private int issued = 1;
    private TestClient test;

    @AfterEach
    void close() {
        test.close();
    }

    private void open() {
        test = TestClient.overHttp(directory.toFile(), settings -> settings.proofProvider(this::proofFor));
        test.settle();
        assertEquals(List.of(), test.heard.storageProblems);
    }

    private IssuedProof proofFor(ProofRequest request) {
        asked.add(request);
        return IssuedProof.of(request.getUserId(), TestProofs.of(request.getUserId(), issued));
    }

    static Stream<Named<Supplier<MockResponse>>> outages() {
        return Stream.of(
                Named.of("503", () -> Answers.error(503, "KEYS_UNAVAILABLE")),
                Named.of("dropped connections", Answers::dropped),
                Named.of("truncated answers", Answers::truncated),
                Named.of("a proxy's page", () -> Answers.json(502, "<html>Bad gateway")));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void twentySecondsOfAnOutage_cost400EventsNothingAndFewRequests(Supplier<MockResponse> outage) {
        open();
        test.collector.always(events -> outage.get());
        for (int i = 0; i < 400; i++) { // 20 s at 20 events a second
            test.client.track("e" + i);
            test.pass(50, TimeUnit.MILLISECONDS);
        }
        test.collector.clearScript();
        test.pass(1, TimeUnit.MINUTES);
        int requests = test.collector.batches.size();
        assertEquals(400, test.collector.stored().size());
        assertTrue(requests <= 11, requests + " requests");
        assertEquals(List.of(), test.heard.rejected);
        assertEquals(List.of(), test.heard.drops);
        System.out.println("outage: 400 of 400 events delivered in " + requests + " requests");
    }

    @ParameterizedTest
    @MethodSource("outages")
    void tenHoursOfAnOutage_withAKillInTheMiddle_costNothing(Supplier<MockResponse> outage) {
        open();
        test.collector.always(events -> outage.get());
        for (int i = 0; i < 400; i++) {
            test.client.track("e" + i);
            test.pass(90, TimeUnit.SECONDS);
            if (i == 200) {
                test = test.restart();
                test.settle();
            }
        }
        int during = test.collector.batches.size();
        test.collector.clearScript();
        test.pass(5, TimeUnit.MINUTES);
        assertEquals(400, test.collector.stored().size());
        assertTrue(during <= 260, during + " requests in ten hours"); // back-off is 150 s in the middle
        assertEquals(List.of(), test.heard.drops);
    }

    @Test
    void oneHundredRefusalsAtOnce_causeOneFetchAndAllEventsArrive() {
        open();
        test.collector.judge =
                event -> TestProofs.value("u_1", 2).equals(event.token()) ? null : "REVOKED_KEY"; // already
        test.client.identify("u_1");
        for (int i = 0; i < 99; i++) {
            test.client.track("e" + i);
        }
        test.holdFetches();
        test.flush();
        test.fetch();
        issued = 2;
        test.settle();
        assertEquals(100, test.heard.rejected.size());
        test.fetch();
        test.settle();
        assertEquals(2, asked.size(), "one at log-in, one after a hundred refusals");
        assertEquals(ProofRequest.Cause.REFUSED, asked.get(1).getCause());
        assertEquals(
                List.of(100, 100),
                test.collector.batches.stream().map(List::size).toList());
        assertEquals(100, test.collector.stored().size());
    }

    @Test
    void aUserWithABadProof_delaysNobodyAlsoAfterAKill() {
        open();
        test.collector.judge = event -> "u_1".equals(event.userId()) ? "SIGNATURE_MISMATCH" : null;
        test.client.identify("u_1");
        test.client.track("never proven");
        test.flush();
        test.client.clearSession();
        test.client.identify("u_2");
        test.flush();
        assertEquals(1, test.collector.stored().size());
        test = test.restart();
        test.client.track("of u_2 again");
        test.flush();
        assertEquals(List.of("of u_2 again"), test.collector.storedNames().subList(1, 2));
        int requests = test.collector.batches.size();
        test.pass(1, TimeUnit.DAYS);
        assertEquals(requests, test.collector.batches.size(), "nothing refused is sent in a loop");
        test.collector.assertNoEventCrossedUsers();
    }
}
