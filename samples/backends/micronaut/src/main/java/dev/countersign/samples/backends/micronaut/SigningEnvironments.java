package dev.countersign.samples.backends.micronaut;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.http.HttpStatus;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every configured environment. Eager, so that a ring that cannot be read stops the start. */
@Context
final class SigningEnvironments {
    private final Map<String, SigningEnvironment> environments = new TreeMap<>();

    SigningEnvironments(Collection<SigningEnvironment> configured) {
        if (configured.isEmpty()) {
            throw new ConfigurationException("countersign.environments: none is set, at least one is needed");
        }
        configured.forEach(environment -> environments.put(environment.name(), environment));
    }

    /** The named environment; without a name the only one. */
    SigningEnvironment get(@Nullable String name) {
        if (name == null && environments.size() == 1) {
            return environments.values().iterator().next();
        }
        SigningEnvironment environment = name == null ? null : environments.get(name);
        if (environment == null) {
            throw ErrorAnswers.exception(
                    HttpStatus.BAD_REQUEST,
                    "UNKNOWN_ENVIRONMENT",
                    "environment is " + name + "; allowed: " + String.join(", ", environments.keySet()));
        }
        return environment;
    }

    Map<String, SigningEnvironment> all() {
        return Collections.unmodifiableMap(environments);
    }
}
