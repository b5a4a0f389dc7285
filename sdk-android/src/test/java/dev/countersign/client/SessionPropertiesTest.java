package dev.countersign.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.countersign.client.event.Attributes;
import dev.countersign.client.testkit.TestClient;
import dev.countersign.client.testkit.TestProofs;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R76")
@Tag("R77")
class SessionPropertiesTest {

    @Test
    void sessionProperties_goWithTheSessionsTracksAndNobodyElses() {
        try (TestClient test = TestClient.inProcess()) {
            test.client.identify("u_1", TestProofs.of("u_1", 1));
            test.client.setSessionProperties(Attributes.of("plan", "pro", "tour", 1));
            test.client.track("with", Attributes.of("tour", 2));
            test.client.track("alone");
            test.client.clearSession();
            test.client.track("after log-out");
            test.client.identify("u_1", TestProofs.of("u_1", 1));
            test.client.setSessionProperties(Attributes.of("plan", "pro"));
            test.client.identify("u_2", TestProofs.of("u_2", 1));
            test.client.track("another's");
            test.flush();
            assertEquals(Map.of("tour", 2.0, "plan", "pro"), properties(test, "with"));
            assertEquals(Map.of("plan", "pro", "tour", 1.0), properties(test, "alone"));
            assertNull(properties(test, "after log-out"));
            assertNull(properties(test, "another's"));
        }
    }

    private static Object properties(TestClient test, String name) {
        return test.collector.sent().stream()
                .filter(event -> name.equals(event.name()))
                .findFirst()
                .orElseThrow()
                .json()
                .get("properties");
    }
}
