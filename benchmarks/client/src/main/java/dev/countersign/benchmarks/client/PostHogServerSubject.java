package dev.countersign.benchmarks.client;

import com.posthog.server.PostHog;
import com.posthog.server.PostHogCaptureOptions;
import com.posthog.server.PostHogConfig;
import com.posthog.server.PostHogInterface;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** PostHog for servers; feature flags off, which would send requests of their own. */
final class PostHogServerSubject implements Subject {
    private @Nullable PostHogInterface client;

    @Override
    public void start(Setup setup) {
        PostHogConfig config = PostHogConfig.builder(setup.key())
                .host(setup.url())
                .maxQueueSize(setup.maxQueued())
                .preloadFeatureFlags(false)
                .sendFeatureFlagEvent(false)
                .build();
        client = PostHog.with(config);
    }

    @Override
    public void track(int seq) {
        client().capture(
                        USER,
                        EVENT,
                        PostHogCaptureOptions.builder()
                                .property("plan", "pro")
                                .property("amount", 42.5)
                                .property("currency", "EUR")
                                .property("seq", seq)
                                .property("recurring", true)
                                .build());
    }

    @Override
    public void flush() {
        client().flush();
    }

    @Override
    public void close() {
        client().close();
    }

    private PostHogInterface client() {
        return Objects.requireNonNull(client);
    }
}
