package dev.countersign.samples.backends.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every token back end tells anybody about its rings, and what it does not. */
abstract class HealthContract extends RunningBackEnd {
    HealthContract(BackEndUnderTest backEnd) {
        super(backEnd);
    }

    @Test
    void health_namesEveryEnvironmentsRingToAnybody() throws Exception {
        Answer answer = browser().get("/health");

        assertEquals(200, answer.status());
        assertEquals("UP", answer.string("status"));
        Map<?, ?> jwt = (Map<?, ?>) ((Map<?, ?>) answer.json().get("environments")).get("jwt");
        assertEquals(Set.of("ringVersion", "ringAgeSeconds", "primary", "lastFailure"), jwt.keySet());
        assertEquals(1.0, jwt.get("ringVersion"));
        assertEquals("k1", jwt.get("primary"));
        assertNull(jwt.get("lastFailure"));
        assertEquals(
                3 * vectors.secrets().size() + 3, ((Map<?, ?>) answer.json().get("environments")).size());
    }

    @Test
    void aHeadOfHealth_isAnsweredToAnybodyWithTheStatusAlone() throws Exception {
        Browser visitor = browser();

        Answer head = visitor.send(visitor.request("/health").method("HEAD", BodyPublishers.noBody()));

        assertEquals(200, head.status());
        assertEquals("", head.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/users.file",
                "/hex0.ring",
                "/../hex0.ring",
                "/%2e%2e/hex0.ring",
                "/php-state/hex0.last-good"
            })
    void whatLiesBesideIt_isNeverServed(String path) throws Exception {
        Answer answer = loggedIn("ada").get(path);

        assertTrue(answer.status() >= 400 && answer.status() < 500, path + " answered " + answer.status());
    }

    /** Anybody may ask for the health: it says what is wrong, and not where. */
    static void assertNamesNoPath(Map<?, ?> health) {
        String failure = (String) health.get("lastFailure");
        assertTrue(failure.startsWith("ring file"), failure);
        assertFalse(failure.contains("/") || failure.contains("\\"), failure);
    }
}
