package dev.countersign.server.key;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret with the id it goes by (a platform's <i>signing key name</i>, a JWT's {@code kid}) and its status.
 * Immutable and thread-safe. A revoked key keeps its id, for the log and a clear refusal, and no secret.
 */
public final class SigningKey {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private final String id;
    private final @Nullable Secret secret;
    private final KeyStatus status;

    private SigningKey(String id, @Nullable Secret secret, KeyStatus status) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "key id has " + id.length() + " characters, or one outside; allowed are 1 to 128 of A-Za-z0-9._:-");
        }
        this.id = id;
        this.secret = secret;
        this.status = status;
    }

    /**
     * A key that verifies, and signs when it is the primary.
     *
     * @param id 1 to 128 of {@code A-Za-z0-9._:-}; not secret: it travels beside every proof
     * @param status any but {@link KeyStatus#REVOKED}, which is {@link #revoked}
     * @throws IllegalArgumentException when id or status is not allowed
     */
    public static SigningKey of(String id, Secret secret, KeyStatus status) {
        if (!status.verifies()) {
            throw new IllegalArgumentException("key " + id + " is REVOKED; a revoked key has no secret");
        }
        return new SigningKey(id, secret, status);
    }

    /** A revoked key. */
    public static SigningKey revoked(String id) {
        return new SigningKey(id, null, KeyStatus.REVOKED);
    }

    /** The key's id. */
    public String id() {
        return id;
    }

    /** The key's status. */
    public KeyStatus status() {
        return status;
    }

    /**
     * The key's secret.
     *
     * @throws IllegalStateException when the key is revoked
     */
    public Secret secret() {
        if (secret == null) {
            throw new IllegalStateException("key " + id + " is revoked and has no secret");
        }
        return secret;
    }

    SigningKey withStatus(KeyStatus changed) {
        return changed == KeyStatus.REVOKED ? revoked(id) : of(id, secret(), changed);
    }

    @Override
    public String toString() {
        return id + " " + status;
    }
}
