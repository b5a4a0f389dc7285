package dev.countersign.samples.rotation.client;

import dev.countersign.client.identity.IssuedProof;
import dev.countersign.samples.rotation.wire.HttpJson;
import dev.countersign.samples.rotation.wire.HttpJson.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The app's session at its own back end, kept by a cookie. Thread-safe. */
final class BackEndSession {

    private final HttpJson http;
    private final String identityPath;

    BackEndSession(String url, String environment) {
        this.http = new HttpJson(url, "User-Agent", "rotation-demo-client", Duration.ofSeconds(10));
        this.identityPath = "/identity?environment=" + URLEncoder.encode(environment, StandardCharsets.UTF_8);
    }

    /** Logs in. */
    void logIn(ClientSettings.Login login) throws IOException, InterruptedException {
        Answer answer = http.post("/login", Map.of("username", login.username(), "password", login.password()));
        if (answer.status() != 200) {
            throw new IOException("login of " + login.username() + " answered " + answer.status());
        }
    }

    /** Logs out. */
    void logOut() throws IOException, InterruptedException {
        http.post("/logout", Map.of());
    }

    /** The logged-in user's proof; null when nobody is logged in. */
    @Nullable
    IssuedProof proof() throws IOException, InterruptedException {
        Answer answer = http.get(identityPath);
        if (answer.status() == 401) {
            return null;
        }
        if (answer.status() != 200) {
            throw new IOException("the back end answered " + answer.status());
        }
        return IssuedProof.fromJson(answer.text());
    }
}
