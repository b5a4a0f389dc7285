package dev.countersign.samples.backends.micronaut.signing;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every configured environment. Eager, so that a ring that cannot be read stops the start. */
@Context
public final class SigningEnvironments {
    private final Map<String, SigningEnvironment> environments = new TreeMap<>();

    SigningEnvironments(Collection<SigningEnvironment> configured) {
        if (configured.isEmpty()) {
            throw new ConfigurationException("countersign.environments: none is set, at least one is needed");
        }
        configured.forEach(environment -> environments.put(environment.name(), environment));
    }

    /** The named environment; without a name the only one. */
    public SigningEnvironment get(@Nullable String name) {
        if (name == null && environments.size() == 1) {
            return environments.values().iterator().next();
        }
        SigningEnvironment environment = name == null ? null : environments.get(name);
        if (environment == null) {
            throw new UnknownEnvironmentException(name, environments.keySet());
        }
        return environment;
    }

    /** All by name. */
    public Map<String, SigningEnvironment> all() {
        return Collections.unmodifiableMap(environments);
    }

    /** The request names an environment that is not configured, or none of several. */
    public static final class UnknownEnvironmentException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private UnknownEnvironmentException(@Nullable String name, Set<String> configured) {
            super("environment is " + name + "; allowed: " + String.join(", ", configured));
        }
    }
}
