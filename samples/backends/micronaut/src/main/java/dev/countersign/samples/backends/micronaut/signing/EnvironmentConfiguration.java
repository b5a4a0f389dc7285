package dev.countersign.samples.backends.micronaut.signing;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One of the platform's environments that this back end signs for: {@code countersign.environments.<name>.*}. It
 * names the ring file; the secrets themselves are never settings.
 *
 * @param name a name of your choice
 * @param ringFile the key ring, the only place of the secrets; readable by this process alone
 * @param form the proof form that the environment is configured for
 * @param audience the JWT's audience, as the platform names the environment; by default the environment's name here
 * @param proofLifetime how long the app may use a proof before it fetches the next one
 * @param maxStale how long a ring is trusted while its file cannot be read; at least 2 s
 */
@EachProperty("countersign.environments")
public record EnvironmentConfiguration(
        @Parameter String name,
        Path ringFile,
        Form form,
        @Nullable String audience,
        @Bindable(defaultValue = "15m") Duration proofLifetime,
        @Bindable(defaultValue = "15m") Duration maxStale) {

    /** Checks what a type does not say. */
    public EnvironmentConfiguration {
        if (maxStale.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new ConfigurationException(
                    "countersign.environments." + name + ".max-stale is " + maxStale + "; allowed is 2 s or more");
        }
    }

    /** How the platform's environment wants its proofs. */
    public enum Form {
        HMAC_HEX,
        HMAC_BASE64,
        HMAC_V1,
        JWT
    }
}
