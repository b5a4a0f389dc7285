package dev.countersign.samples.backends.spring;

import dev.countersign.samples.backends.spring.signing.RingStatus;
import dev.countersign.samples.backends.spring.signing.SigningEnvironments;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /health}: which ring each environment signs with, for whoever rotates the keys. 503 without a ring. */
@RestController
class HealthController {
    private final SigningEnvironments environments;

    HealthController(SigningEnvironments environments) {
        this.environments = environments;
    }

    @GetMapping("/health")
    ResponseEntity<HealthAnswer> health() {
        Map<String, RingStatus> health = new LinkedHashMap<>();
        environments.all().forEach((name, environment) -> health.put(name, environment.status()));
        boolean up = health.values().stream().allMatch(RingStatus::isTrusted);
        return ResponseEntity.status(up ? 200 : 503).body(new HealthAnswer(up ? "UP" : "DOWN", health));
    }

    record HealthAnswer(String status, Map<String, RingStatus> environments) {}
}
