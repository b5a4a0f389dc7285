package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.operation.Metrics;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/** {@code GET /metrics} for Prometheus, which sends a viewer's token as its bearer token. */
@AdminOnly
@Controller("/metrics")
final class MetricsController {
    private final Metrics metrics;

    MetricsController(Metrics metrics) {
        this.metrics = metrics;
    }

    @Get
    @Produces(MediaType.TEXT_PLAIN)
    String metrics() {
        return metrics.text();
    }
}
