package dev.countersign.samples.collector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/** Talks HTTP to a collector, as an app and as an administrator. */
final class TestClient {
    static final String ADMIN_TOKEN = "an-admin-token-for-tests-0123456789";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    TestClient(String url) {
        this.url = url;
    }

    String url() {
        return url;
    }

    Answer event(TestEnvironment environment, String json) {
        return ingest(environment.apiKey(), "", json);
    }

    Answer batch(TestEnvironment environment, String... events) {
        return ingest(environment.apiKey(), "/batch", "{\"events\":[" + String.join(",", events) + "]}");
    }

    Answer ingest(String apiKey, String path, String json) {
        return send(ingestRequest(apiKey, path).POST(BodyPublishers.ofString(json)));
    }

    /** Bytes as they are, which need be no text. */
    Answer ingest(String apiKey, String path, byte[] body) {
        return send(ingestRequest(apiKey, path).POST(BodyPublishers.ofByteArray(body)));
    }

    Answer ingestGzip(String apiKey, String path, byte[] gzip) {
        return send(
                ingestRequest(apiKey, path).header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(gzip)));
    }

    private HttpRequest.Builder ingestRequest(String apiKey, String path) {
        return HttpRequest.newBuilder(URI.create(url + "/api/v1/events" + path))
                .header("X-API-Key", apiKey)
                .header("Content-Type", "application/json");
    }

    Answer get(String path) {
        return admin("GET", path, "", "Bearer " + ADMIN_TOKEN);
    }

    Answer post(String path, String json) {
        return admin("POST", path, json, "Bearer " + ADMIN_TOKEN);
    }

    Answer put(String path, String json) {
        return admin("PUT", path, json, "Bearer " + ADMIN_TOKEN);
    }

    Answer admin(String method, String path, String json, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        return send(authorization.isEmpty() ? request : request.header("Authorization", authorization));
    }

    /** What a browser sends; redirects are not followed. */
    Answer form(String method, String path, String fields, String header, String value) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(header, value)
                .method(method, fields.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(fields));
        return send(request);
    }

    /** The cookie of a new session. */
    String logIn(String token) {
        Answer answer = form("POST", "/login", "token=" + token, "Accept", "text/html");
        return answer.response()
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .replaceFirst(";.*", "");
    }

    String formToken(String cookie) {
        String page = form("GET", "/dashboard", "", "Cookie", cookie).text();
        return page.replaceFirst("(?s).*name=\"formToken\" value=\"([^\"]*)\".*", "$1");
    }

    TestEnvironment environment(String form, String mode, String anonymous) {
        return environment("""
                {"name":"test","form":"%s","mode":"%s","anonymous":"%s"}""".formatted(form, mode, anonymous));
    }

    TestEnvironment environment(String json) {
        Answer created = post("/admin/environments", json);
        return new TestEnvironment(this, created.at("id"), created.at("apiKey"));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return Answer.of(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
