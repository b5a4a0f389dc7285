package dev.countersign.benchmarks.client;

import com.posthog.PostHog;
import com.posthog.PostHogConfig;
import com.posthog.PostHogInterface;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** PostHog's core for apps, with files; feature flags off, which would send requests of their own. */
final class PostHogCoreSubject implements Subject {
    private @Nullable PostHogInterface client;

    @Override
    public void start(Setup setup) {
        PostHogConfig config = withDefaults(setup.key(), setup.url());
        config.setStoragePrefix(setup.directory().toString());
        config.setMaxQueueSize(setup.maxQueued());
        config.setPreloadFeatureFlags(false);
        config.setSendFeatureFlagEvent(false);
        client = PostHog.Companion.with(config);
        client.identify(USER, null, null);
    }

    @Override
    public void track(int seq) {
        client().capture(
                        EVENT,
                        null,
                        Map.of("plan", "pro", "amount", 42.5, "currency", "EUR", "seq", seq, "recurring", true),
                        null,
                        null,
                        null,
                        null);
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

    /** Kotlin's constructor with default arguments, which Java code cannot name: a bit is set for each one left out. */
    private static PostHogConfig withDefaults(String apiKey, String host) {
        for (Constructor<?> constructor : PostHogConfig.class.getConstructors()) {
            Class<?>[] types = constructor.getParameterTypes();
            if (constructor.isSynthetic()) {
                Object[] arguments = new Object[types.length];
                for (int i = 0; i < types.length; i++) {
                    arguments[i] = types[i] == boolean.class ? (Object) false : types[i] == int.class ? 0 : null;
                }
                arguments[0] = apiKey;
                arguments[1] = host;
                arguments[types.length - 2] = ~0b11;
                try {
                    return (PostHogConfig) constructor.newInstance(arguments);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        throw new IllegalStateException("PostHogConfig has no constructor with defaults");
    }
}
