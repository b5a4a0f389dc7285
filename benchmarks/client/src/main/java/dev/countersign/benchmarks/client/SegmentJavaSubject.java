package dev.countersign.benchmarks.client;

import com.segment.analytics.Analytics;
import com.segment.analytics.messages.TrackMessage;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Segment for servers. A call waits while its queue is full. */
final class SegmentJavaSubject implements Subject {
    private @Nullable Analytics client;

    @Override
    public void start(Setup setup) {
        client = Analytics.builder(setup.key())
                .endpoint(setup.url())
                .queueCapacity(setup.maxQueued())
                .build();
    }

    @Override
    public void track(int seq) {
        client().enqueue(TrackMessage.builder(EVENT)
                .userId(USER)
                .properties(Map.of("plan", "pro", "amount", 42.5, "currency", "EUR", "seq", seq, "recurring", true)));
    }

    @Override
    public void flush() {
        client().flush();
    }

    @Override
    public void close() {
        client().shutdown();
    }

    private Analytics client() {
        return Objects.requireNonNull(client);
    }
}
