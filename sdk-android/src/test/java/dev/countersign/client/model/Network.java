package dev.countersign.client.model;

import dev.countersign.client.testkit.SentEvent;
import dev.countersign.client.testkit.TestCollector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import okhttp3.mockwebserver.MockResponse;

/** What becomes of requests on their way and at the collector; the oracle hears of every one. */
final class Network {
    private final TestCollector collector;
    private final Oracle oracle;
    private final Deque<Function<List<SentEvent>, MockResponse>> script = new ArrayDeque<>();
    // Of the request under way.
    private List<SentEvent> accepted = List.of();
    private MockResponse verdict;

    Network(TestCollector collector, Oracle oracle) {
        this.collector = collector;
        this.oracle = oracle;
        collector.judge = oracle::judge;
        collector.always(this::answer);
    }

    /** The next request gets this answer. */
    void next(Function<List<SentEvent>, MockResponse> answer) {
        script.add(answer);
    }

    /** From now on all is well. */
    void mend() {
        script.clear();
    }

    private MockResponse answer(List<SentEvent> batch) {
        oracle.captured(batch);
        accepted = List.of();
        verdict = null;
        Function<List<SentEvent>, MockResponse> next = script.poll();
        MockResponse answer = next == null ? judged(batch) : next.apply(batch);
        if (answer == verdict) {
            accepted.forEach(oracle::acknowledged);
        }
        return answer;
    }

    /** Stores what is good. */
    MockResponse judged(List<SentEvent> batch) {
        accepted = batch.stream().filter(event -> oracle.judge(event) == null).toList();
        accepted.forEach(oracle::stored);
        verdict = collector.judged(batch);
        return verdict;
    }
}
