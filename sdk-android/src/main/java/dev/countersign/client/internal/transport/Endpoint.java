package dev.countersign.client.internal.transport;

import dev.countersign.client.internal.support.Guard;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Checks where events may go: over TLS, or in the clear to the machine itself. */
public final class Endpoint {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1|10\\.0\\.2\\.2");

    private Endpoint() {}

    /**
     * The address for batches below a base such as {@code https://collect.example.com}.
     *
     * @throws IllegalArgumentException when it is no such address, holds a query, a fragment or credentials, or is in
     *     the clear for a host other than loopback and 10.0.2.2 (an Android emulator's name for its host)
     */
    public static HttpUrl batches(String base) {
        HttpUrl url = HttpUrl.parse(Guard.notNull("endpoint", base));
        if (url == null) {
            throw new IllegalArgumentException(
                    "endpoint: not a URL, allowed is one such as https://collect.example.com");
        }
        if (url.querySize() > 0
                || url.fragment() != null
                || !url.username().isEmpty()
                || !url.password().isEmpty()) {
            throw new IllegalArgumentException(
                    "endpoint: a query, a fragment or credentials, allowed are host and path");
        }
        if (!url.isHttps() && !LOOPBACK.matcher(url.host()).matches()) {
            throw new IllegalArgumentException(
                    "endpoint: http to " + url.host() + ", allowed is https (http to loopback and 10.0.2.2 only)");
        }
        return url.newBuilder().addPathSegments("api/v1/events/batch").build();
    }
}
