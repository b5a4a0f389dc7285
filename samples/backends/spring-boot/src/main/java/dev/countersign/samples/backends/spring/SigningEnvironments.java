package dev.countersign.samples.backends.spring;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every configured environment, opened with the application and closed with it. */
@Component
final class SigningEnvironments implements AutoCloseable {
    private final Map<String, SigningEnvironment> environments = new TreeMap<>();

    SigningEnvironments(CountersignProperties properties) throws IOException {
        for (var entry : properties.environments().entrySet()) {
            environments.put(entry.getKey(), SigningEnvironment.open(entry.getKey(), entry.getValue()));
        }
    }

    /** The named environment; without a name the only one. */
    SigningEnvironment get(@Nullable String name) {
        if (name == null && environments.size() == 1) {
            return environments.values().iterator().next();
        }
        SigningEnvironment environment = name == null ? null : environments.get(name);
        if (environment == null) {
            throw new UnknownEnvironmentException(name, environments.keySet());
        }
        return environment;
    }

    Map<String, SigningEnvironment> all() {
        return Collections.unmodifiableMap(environments);
    }

    @Override
    public void close() {
        environments.values().forEach(SigningEnvironment::close);
    }

    /** The request names an environment that is not configured, or none of several. */
    static final class UnknownEnvironmentException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private UnknownEnvironmentException(@Nullable String name, Set<String> configured) {
            super("environment is " + name + "; allowed: " + String.join(", ", configured));
        }
    }
}
