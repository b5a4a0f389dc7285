package dev.countersign.server.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.server.internal.JsonException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rings out of environment variables. Messages name the variable and the rule, never the value. */
final class EnvironmentKeys {
    private EnvironmentKeys() {}

    static KeyRing ring(String variable, @Nullable String value) throws IOException {
        try {
            return KeyRingJson.parse(required(variable, value).getBytes(UTF_8));
        } catch (JsonException | IllegalArgumentException notARing) {
            throw new IOException("environment variable " + variable + ": " + notARing.getMessage());
        }
    }

    static KeyRing secret(String variable, @Nullable String value, String keyId) throws IOException {
        try {
            Secret secret = Secret.of(required(variable, value));
            return KeyRing.of(0, List.of(SigningKey.of(keyId, secret, KeyStatus.PRIMARY)));
        } catch (IllegalArgumentException problem) {
            throw new IOException("environment variable " + variable + ": " + problem.getMessage());
        }
    }

    private static String required(String variable, @Nullable String value) throws IOException {
        if (value == null) {
            throw new IOException("environment variable " + variable + " is not set");
        }
        return value;
    }
}
