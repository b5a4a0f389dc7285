package dev.countersign.samples.collector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of another origin, as the Fetch standard has browsers ask for them. */
class BrowserAppsTest extends CollectorTest {
    private static final String ORIGIN = "https://shop.example";

    private TestEnvironment environment;

    @BeforeEach
    void createEnvironment() {
        environment = client.environment("hmac-hex", "STRICT", "REJECT");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(collector.url() + path)).header("Origin", ORIGIN);
    }

    private Answer preflight(String path, String method) {
        return client.send(request(path)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "content-type,x-api-key,authorization"));
    }

    private static String header(Answer answer, String name) {
        return String.join(", ", answer.response().headers().allValues(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/events", "/api/v1/events/batch", "/pk_1/users/u_1/"})
    void aPreflight_isAllowed_withoutCredentials(String path) {
        Answer answer = preflight(path, "POST");

        assertEquals(200, answer.status(), answer.text());
        assertEquals(ORIGIN, header(answer, "Access-Control-Allow-Origin"));
        assertTrue(header(answer, "Access-Control-Allow-Methods").contains("POST"));
        String headers = header(answer, "Access-Control-Allow-Headers").toLowerCase(java.util.Locale.ROOT);
        for (String asked : List.of("content-type", "x-api-key", "authorization")) {
            assertTrue(headers.contains(asked), headers);
        }
        assertEquals("", header(answer, "Access-Control-Allow-Credentials"));
    }

    @Test
    void answersAndRefusals_canBeReadByThePage() {
        String secret = environment.createKey().secret();
        String event = Events.track(Events.id(), Events.user("u_1", Proofs.hex(secret, "u_1")));
        for (String body : List.of(event, event.replace("u_1", "u_2"), "{", " ".repeat(1_200_000))) {
            Answer answer = client.send(request("/api/v1/events")
                    .header("X-API-Key", environment.apiKey())
                    .POST(BodyPublishers.ofString(body)));

            assertEquals(ORIGIN, header(answer, "Access-Control-Allow-Origin"), answer.text());
            assertTrue(header(answer, "Vary").contains("Origin"));
        }
        assertEquals(List.of("u_1 VERIFIED"), stored(environment, "owner, verdict"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/environments", "/admin/stats", "/metrics", "/dashboard", "/login"})
    void administration_isNotForOtherOrigins(String path) {
        Answer preflight = preflight(path, path.equals("/login") ? "POST" : "GET");
        Answer answer = client.send(request(path)
                .header("Authorization", "Bearer " + TestClient.ADMIN_TOKEN)
                .GET());

        assertEquals("", header(preflight, "Access-Control-Allow-Origin"));
        assertEquals("", header(answer, "Access-Control-Allow-Origin"));
        assertFalse(answer.status() == 200 && path.startsWith("/admin"), answer.text());
    }
}
