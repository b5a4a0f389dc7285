package dev.countersign.samples.backends.micronaut.signing;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.reactivestreams.Publisher;

/** Down without a ring that may be trusted; tells the age of each ring and why its last load failed. */
@Singleton
final class RingHealthIndicator implements HealthIndicator {
    private final SigningEnvironments environments;

    RingHealthIndicator(SigningEnvironments environments) {
        this.environments = environments;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Map<String, RingStatus> rings = new TreeMap<>();
        environments.all().forEach((name, environment) -> rings.put(name, environment.status()));
        boolean up = rings.values().stream().allMatch(RingStatus::isTrusted);
        return Publishers.just(HealthResult.builder("countersign", up ? HealthStatus.UP : HealthStatus.DOWN)
                .details(rings)
                .build());
    }
}
