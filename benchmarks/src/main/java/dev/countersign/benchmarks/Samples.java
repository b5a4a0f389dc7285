package dev.countersign.benchmarks;

import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.RefreshingKeySource;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** What every row signs and verifies: the same users, with the same key. */
final class Samples {
    /** How many users there are: a power of two, enough that no row learns its input. */
    static final int COUNT = 1024;

    static final String AUDIENCE = "acme";
    static final String KEY_ID = "2026-11";
    static final String NONCE = "uHIt5wVNo7rYkCBnkb6cNw";

    private static final String SECRET_TEXT = Secret.generateText();
    private static final KeyRing RING =
            KeyRing.of(1, List.of(SigningKey.of(KEY_ID, Secret.of(SECRET_TEXT), KeyStatus.PRIMARY)));

    private Samples() {}

    /**
     * A user as an app's session knows one. Ids are short and claims few: a token has some 294 characters, and the limit's
     * row allocates some 1.1 KB when it signs one.
     */
    record User(String id, String accountId) {
        /** Pendo's {@code visitor}. */
        Map<String, Object> visitor() {
            return Map.of("id", id);
        }

        /** Pendo's {@code account}. */
        Map<String, Object> account() {
            return Map.of("id", accountId);
        }

        String visitorJson() {
            return "{\"id\":\"" + id + "\"}";
        }

        String accountJson() {
            return "{\"id\":\"" + accountId + "\"}";
        }
    }

    /** {@link #COUNT} users, the same in every process. */
    static User[] users() {
        User[] users = new User[COUNT];
        for (int i = 0; i < COUNT; i++) {
            users[i] = new User(String.valueOf(10_000 + 7 * i), String.valueOf(100 + i / 2));
        }
        return users;
    }

    /** {@link #COUNT} ids of 36 characters, the same in every process. */
    static String[] ids() {
        Random random = new Random(42);
        String[] ids = new String[COUNT];
        for (int i = 0; i < COUNT; i++) {
            ids[i] = new UUID(random.nextLong(), random.nextLong()).toString();
        }
        return ids;
    }

    static byte[] secret() {
        return SECRET_TEXT.getBytes(StandardCharsets.UTF_8);
    }

    /** Keys as a back end holds them. */
    static KeySource refreshingKeys() {
        try {
            return RefreshingKeySource.builder(() -> RING).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keys that never change. */
    static KeySource fixedKeys() {
        return KeySource.of(RING);
    }
}
