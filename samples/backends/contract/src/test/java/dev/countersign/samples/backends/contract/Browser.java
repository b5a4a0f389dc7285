package dev.countersign.samples.backends.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An HTTP client with a cookie jar of its own, as one person's browser or app has. Writes down what it is told. */
final class Browser {
    private final URI backEnd;
    private final List<Answer> transcript;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    Browser(URI backEnd, List<Answer> transcript) {
        this.backEnd = backEnd;
        this.transcript = transcript;
    }

    Answer login(String username, String password) {
        return loginAs("application/json", Json.text(Map.of("username", username, "password", password)));
    }

    /** A log-in with any body. */
    Answer loginAs(String contentType, String body) {
        return send(request("/login").header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    Answer logout() {
        return send(request("/logout").POST(BodyPublishers.noBody()));
    }

    Answer identity(String environment) {
        return get("/identity?environment=" + environment);
    }

    Answer get(String pathAndQuery) {
        return send(request(pathAndQuery));
    }

    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(backEnd.resolve(pathAndQuery)).timeout(Duration.ofSeconds(20));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            Answer answer = Answer.of(http.send(request.build(), BodyHandlers.ofString()));
            transcript.add(answer);
            return answer;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The cookies as a {@code Cookie} header's value. */
    String cookieHeader() {
        return cookies.getCookieStore().getCookies().stream()
                .map((HttpCookie cookie) -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }
}
