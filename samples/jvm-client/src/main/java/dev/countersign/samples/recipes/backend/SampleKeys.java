package dev.countersign.samples.recipes.backend;

import dev.countersign.server.key.KeyLoader;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeySource;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.io.IOException;
import java.util.List;

/**
 * The keys that a recipe's {@code main} signs with: the secret in {@code IDENTITY_SECRET}, or one that is made for this run.
 * Your back end keeps a {@code RefreshingKeySource} instead, so that the key can rotate without a restart.
 */
public final class SampleKeys {
    private static final String VARIABLE = "IDENTITY_SECRET";
    private static final String KEY_ID = "2026-11";

    private SampleKeys() {}

    /**
     * A ring of one key.
     *
     * @throws IOException when the variable's text is plainly no secret; says why, never the text
     */
    public static KeySource ofThisRun() throws IOException {
        if (System.getenv(VARIABLE) != null) {
            return KeySource.of(KeyLoader.environmentSecret(VARIABLE, KEY_ID).load());
        }
        SigningKey key = SigningKey.of(KEY_ID, Secret.of(Secret.generateText()), KeyStatus.PRIMARY);
        return KeySource.of(KeyRing.of(1, List.of(key)));
    }
}
