package dev.countersign.client;

import static dev.countersign.client.testkit.Answers.error;

import dev.countersign.client.testkit.SentEvent;
import dev.countersign.client.testkit.TestClient;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A client and a collector, and what most tests of delivery do with them. */
@Timeout(60)
abstract class DeliveryFixture {
    final TestClient rig = TestClient.overHttp();

    @AfterEach
    void close() {
        rig.close();
    }

    void rejectBig(MockResponse answer) {
        for (int i = 0; i < 50; i++) {
            rig.collector.nextBy(events ->
                    events.stream().anyMatch(e -> e.name().equals("big")) ? answer : rig.collector.judged(events));
        }
    }

    static void refusePoison(TestClient rig, String poison) {
        for (int i = 0; i < 50; i++) {
            rig.collector.nextBy(
                    events -> events.stream().anyMatch(e -> e.name().equals(poison))
                            ? error(400, "INVALID_JSON")
                            : rig.collector.judged(events));
        }
    }

    void clearScript() {
        rig.collector.clearScript();
    }

    void track(int events) {
        for (int i = 0; i < events; i++) {
            rig.client.track("e" + i);
        }
    }

    List<Integer> sizes() {
        return rig.collector.batches.stream().map(List::size).toList();
    }

    static List<String> ids(List<SentEvent> events) {
        return events.stream().map(SentEvent::id).toList();
    }
}
