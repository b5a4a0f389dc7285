package dev.countersign.samples.collector.http;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.util.Map;

/** {@code GET /health}: 200 while requests are answered. */
@Controller("/health")
final class HealthController {

    @Get
    Map<String, String> health() {
        return Map.of("status", "UP");
    }
}
