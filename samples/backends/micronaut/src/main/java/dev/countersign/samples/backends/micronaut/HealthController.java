package dev.countersign.samples.backends.micronaut;

import dev.countersign.samples.backends.micronaut.signing.RingStatus;
import dev.countersign.samples.backends.micronaut.signing.SigningEnvironments;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;
import java.util.TreeMap;

/** {@code GET /health}: which ring each environment signs with, for whoever rotates the keys. 503 without a ring. */
@Controller("/health")
final class HealthController {
    private final SigningEnvironments environments;

    HealthController(SigningEnvironments environments) {
        this.environments = environments;
    }

    @Get
    HttpResponse<HealthAnswer> health() {
        Map<String, RingStatus> health = new TreeMap<>();
        environments.all().forEach((name, environment) -> health.put(name, environment.status()));
        boolean up = health.values().stream().allMatch(RingStatus::isTrusted);
        return HttpResponse.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(new HealthAnswer(up ? "UP" : "DOWN", health));
    }

    @Serdeable
    record HealthAnswer(String status, Map<String, RingStatus> environments) {}
}
