package dev.countersign.samples.collector.http;

import dev.countersign.samples.collector.storage.Database;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.Map;

/** {@code GET /health}: 200 while requests are answered; 503 when only a restart brings the database back. */
@Controller("/health")
final class HealthController {
    private final Database database;

    HealthController(Database database) {
        this.database = database;
    }

    @Get
    HttpResponse<Map<String, String>> health() {
        return database.isOpen()
                ? HttpResponse.ok(Map.of("status", "UP"))
                : HttpResponse.<Map<String, String>>status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(Map.of("status", "DOWN"));
    }
}
