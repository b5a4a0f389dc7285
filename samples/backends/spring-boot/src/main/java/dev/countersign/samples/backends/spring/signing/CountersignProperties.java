package dev.countersign.samples.backends.spring.signing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * The settings under {@code countersign.*}. They name the ring files; the secrets themselves are never settings.
 *
 * @param environments the platform's environments that this back end signs for, by a name of your choice; at least one
 */
@ConfigurationProperties("countersign")
public record CountersignProperties(Map<String, Environment> environments) {

    public CountersignProperties {
        Assert.notEmpty(environments, "countersign.environments: none is set, at least one is needed");
        environments.forEach((name, environment) -> environment.check("countersign.environments." + name));
    }

    /** How the platform's environment wants its proofs. */
    public enum Form {
        HMAC_HEX,
        HMAC_BASE64,
        HMAC_V1,
        JWT
    }

    /**
     * One environment.
     *
     * @param ringFile the key ring, the only place of the secrets; readable by this process alone
     * @param form the proof form that the environment is configured for
     * @param audience the JWT's audience, as the platform names the environment; by default the environment's name here
     * @param proofLifetime how long the app may use a proof before it fetches the next one
     * @param maxStale how long a ring is trusted while its file cannot be read; at least 2 s
     */
    public record Environment(
            Path ringFile,
            Form form,
            @Nullable String audience,
            @DefaultValue("15m") Duration proofLifetime,
            @DefaultValue("15m") Duration maxStale) {

        private void check(String name) {
            Assert.notNull(ringFile, () -> name + ".ring-file is not set");
            Assert.notNull(form, () -> name + ".form is not set; allowed: hmac-hex, hmac-base64, hmac-v1, jwt");
            Assert.isTrue(
                    maxStale.compareTo(Duration.ofSeconds(2)) >= 0,
                    () -> name + ".max-stale is " + maxStale + "; allowed is 2 s or more");
        }
    }
}
