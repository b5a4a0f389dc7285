package dev.countersign.benchmarks.client;

import com.segment.analytics.kotlin.core.Analytics;
import com.segment.analytics.kotlin.core.RequestFactory;
import com.segment.analytics.kotlin.core.compat.Builders;
import com.segment.analytics.kotlin.core.compat.ConfigurationBuilder;
import com.segment.analytics.kotlin.core.compat.JavaAnalytics;
import java.net.HttpURLConnection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Segment for Kotlin, with its own files below {@code /tmp}; its requests go to the sink in the clear. */
final class SegmentKotlinSubject implements Subject {
    private @Nullable JavaAnalytics client;

    @Override
    public void start(Setup setup) {
        client = new JavaAnalytics(new Analytics(new ConfigurationBuilder(setup.key())
                .setApplication(this)
                .setRequestFactory(new Plain(setup.url()))
                .build()));
        client.identify(USER);
    }

    @Override
    public void track(int seq) {
        client().track(
                        EVENT,
                        Builders.buildJsonObject(json -> json.put("plan", "pro")
                                .put("amount", 42.5)
                                .put("currency", "EUR")
                                .put("seq", seq)
                                .put("recurring", true)));
    }

    @Override
    public void flush() {
        client().flush();
    }

    @Override
    public void close() {
        client().flush();
    }

    private JavaAnalytics client() {
        return Objects.requireNonNull(client);
    }

    /** The SDK's own would put {@code https://} before any host; the rest is as there. */
    private static final class Plain extends RequestFactory {
        private final String url;

        Plain(String url) {
            this.url = url;
        }

        @Override
        public HttpURLConnection settings(String cdnHost, String writeKey) {
            HttpURLConnection connection = openConnection(url + "/projects/" + writeKey + "/settings");
            connection.setRequestProperty("Content-Type", "application/json; charset=utf-8");
            return connection;
        }

        @Override
        public HttpURLConnection upload(String apiHost) {
            HttpURLConnection connection = openConnection(url + "/b");
            connection.setRequestProperty("Content-Type", "text/plain");
            connection.setRequestProperty("Content-Encoding", "gzip");
            connection.setDoOutput(true);
            connection.setChunkedStreamingMode(0);
            return connection;
        }
    }
}
