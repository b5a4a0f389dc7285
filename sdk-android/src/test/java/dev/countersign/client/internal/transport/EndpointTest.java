package dev.countersign.client.internal.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @Test
    void theBatchAddress_isBelowTheBase() {
        assertEquals(
                "https://collect.example.com/api/v1/events/batch",
                Endpoint.batches("https://collect.example.com").toString());
        assertEquals(
                "https://example.com/collect/api/v1/events/batch",
                Endpoint.batches("https://example.com/collect/").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://127.0.0.1:1",
                "http://127.1.2.3",
                "http://[::1]:9",
                "http://10.0.2.2:8080"
            })
    @Tag("R68")
    void theMachineItself_mayBeReachedInTheClear(String base) {
        Endpoint.batches(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://collect.example.com",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://10.0.2.20",
                "http://10.0.2.2.example.com",
                "http://192.168.0.1",
                "http://0.0.0.0",
                "ftp://collect.example.com",
                "collect.example.com",
                "",
                "https://user:secret@collect.example.com",
                "https://collect.example.com?key=1",
                "https://collect.example.com#x"
            })
    @Tag("R68")
    void everythingElse_isRefused(String base) {
        assertThrows(IllegalArgumentException.class, () -> Endpoint.batches(base));
    }
}
