package dev.countersign.samples.collector.http;

import dev.countersign.samples.collector.storage.EventStore;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.Map;

/** {@code GET /health}: 200 while requests are answered; 503 when only a restart brings the store back. */
@Controller("/health")
final class HealthController {
    private final EventStore store;

    HealthController(EventStore store) {
        this.store = store;
    }

    @Get
    HttpResponse<Map<String, String>> health() {
        return store.isOpen()
                ? HttpResponse.ok(Map.of("status", "UP"))
                : HttpResponse.<Map<String, String>>status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(Map.of("status", "DOWN"));
    }
}
