package dev.countersign.samples.rotation.wire;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** A client of one JSON service; keeps its session cookie. Thread-safe. */
public final class HttpJson {

    /**
     * An answer.
     *
     * @param text the body as it came
     * @param body the body as JSON; empty if there was none, or none that is a JSON object
     */
    public record Answer(int status, String text, Map<String, Object> body) {
        /** The status alone: a body may hold a secret or a proof. */
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    private final HttpClient client;
    private final String baseUrl;
    private final String headerName;
    private final String headerValue;
    private final Duration timeout;

    /**
     * A client of the service at {@code baseUrl}.
     *
     * @param headerName sent with every request, such as {@code X-API-Key}
     * @param timeout of a whole call
     */
    public HttpJson(String baseUrl, String headerName, String headerValue, Duration timeout) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .cookieHandler(new CookieManager())
                .build();
        this.baseUrl = baseUrl;
        this.headerName = headerName;
        this.headerValue = headerValue;
        this.timeout = timeout;
    }

    /** Gets {@code path}. */
    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** Posts {@code body} as JSON to {@code path}. */
    public Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.text(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(timeout)
                .header("Accept", "application/json")
                .header(headerName, headerValue);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        String text = response.body();
        return new Answer(response.statusCode(), text, text.startsWith("{") ? Json.object(text) : Map.of());
    }
}
