package dev.countersign.samples.backends.spring.signing;

import dev.countersign.server.key.KeyListener;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every configured environment. As a bean it is opened with the application and closed with it. */
public final class SigningEnvironments implements AutoCloseable {
    private final Map<String, SigningEnvironment> environments = new TreeMap<>();

    /**
     * Opens them all.
     *
     * @param listeners one for each environment, by its name
     * @throws IOException when a ring cannot be read
     */
    SigningEnvironments(CountersignProperties properties, Function<String, KeyListener> listeners) throws IOException {
        try {
            for (var entry : properties.environments().entrySet()) {
                String name = entry.getKey();
                environments.put(name, SigningEnvironment.open(name, entry.getValue(), listeners.apply(name)));
            }
        } catch (IOException | RuntimeException unusable) {
            close();
            throw unusable;
        }
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

    @Override
    public void close() {
        environments.values().forEach(SigningEnvironment::close);
    }

    /** The request names an environment that is not configured, or none of several. */
    public static final class UnknownEnvironmentException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private UnknownEnvironmentException(@Nullable String name, Set<String> configured) {
            super("environment is " + name + "; allowed: " + String.join(", ", configured));
        }
    }
}
