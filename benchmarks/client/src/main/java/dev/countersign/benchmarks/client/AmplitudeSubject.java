package dev.countersign.benchmarks.client;

import com.amplitude.core.Amplitude;
import com.amplitude.core.Configuration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Amplitude's core, with its own files below {@code /tmp} and bodies compressed as they are for its own servers. */
final class AmplitudeSubject implements Subject {
    private @Nullable Amplitude client;

    @Override
    public void start(Setup setup) {
        Configuration config = new Configuration(setup.key());
        config.setInstanceName(setup.key());
        config.setServerUrl(setup.url() + "/2/httpapi");
        config.setEnableRequestBodyCompression(true);
        config.setEnableDiagnostics(false);
        client = new Amplitude(config);
        client.setUserId(USER);
    }

    @Override
    public void track(int seq) {
        client().track(EVENT, Map.of("plan", "pro", "amount", 42.5, "currency", "EUR", "seq", seq, "recurring", true));
    }

    @Override
    public void flush() {
        client().flush();
    }

    @Override
    public void close() {
        client().flush();
    }

    private Amplitude client() {
        return Objects.requireNonNull(client);
    }
}
