package dev.countersign.server;

import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.util.List;

/** Keys for tests. Every secret is generated anew, so none can be relied on or leak. */
public final class TestKeys {
    private TestKeys() {}

    public static SigningKey key(String id, KeyStatus status) {
        return SigningKey.of(id, Secret.of(Secret.generateText()), status);
    }

    public static SigningKey primary(String id) {
        return key(id, KeyStatus.PRIMARY);
    }

    public static KeyRing ring(long version, SigningKey... keys) {
        return KeyRing.of(version, List.of(keys));
    }

    public static KeySource source(SigningKey... keys) {
        return KeySource.of(ring(1, keys));
    }
}
