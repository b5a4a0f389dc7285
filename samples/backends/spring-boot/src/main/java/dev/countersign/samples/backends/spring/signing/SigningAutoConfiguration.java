package dev.countersign.samples.backends.spring.signing;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The signing environments with their health check and their counters, from {@link CountersignProperties}. */
@AutoConfiguration
@EnableConfigurationProperties(CountersignProperties.class)
public class SigningAutoConfiguration {

    /** Spring closes it, and with it the threads that follow the ring files, when the application ends. */
    @Bean
    @ConditionalOnMissingBean
    SigningEnvironments signingEnvironments(CountersignProperties properties, MeterRegistry registry)
            throws IOException {
        return new SigningEnvironments(properties, environment -> new RingMetrics(registry, environment));
    }

    @Bean
    HealthIndicator countersignHealthIndicator(SigningEnvironments environments) {
        return new RingHealthIndicator(environments);
    }
}
