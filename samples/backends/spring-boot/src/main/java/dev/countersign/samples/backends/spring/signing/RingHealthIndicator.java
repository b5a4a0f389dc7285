package dev.countersign.samples.backends.spring.signing;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down without a ring that may be trusted; tells the age of each ring and why its last load failed. */
final class RingHealthIndicator implements HealthIndicator {
    private final SigningEnvironments environments;

    RingHealthIndicator(SigningEnvironments environments) {
        this.environments = environments;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        environments.all().forEach((name, environment) -> {
            RingStatus status = environment.status();
            health.withDetail(name, status);
            if (!status.isTrusted()) {
                health.down();
            }
        });
        return health.build();
    }
}
