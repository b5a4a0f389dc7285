package dev.countersign.samples.collector.environment;

import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeyRotationException;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The signing keys in the database. Thread-safe; every method blocks for I/O.
 *
 * <p>Each change reads the ring, takes a step of {@link KeyRotation} and writes the difference in one transaction, so
 * two changes never meet: what the rotation's rules forbid, they forbid under any concurrency. A revoked key loses its
 * secret in the same transaction.
 */
public final class KeyStore {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS signing_key (
              environment TEXT NOT NULL, id TEXT NOT NULL, description TEXT NOT NULL, status TEXT NOT NULL,
              secret BLOB, created_at INTEGER NOT NULL, revoked_at INTEGER, PRIMARY KEY (environment, id))""";

    private final Database database;
    private final SecretBox box;
    private final Clock clock;

    /**
     * Creates the table where it is missing.
     *
     * @param database where the keys lie
     * @param box encrypts their secrets
     * @param clock when they are created and revoked
     */
    public KeyStore(Database database, SecretBox box, Clock clock) {
        this.database = database;
        this.box = box;
        this.clock = clock;
        database.writeAndWait(sql -> sql.statement(TABLE).execute());
    }

    /** The ring of an environment; empty while it has no key. */
    public Optional<KeyRing> ring(String environment) {
        return database.read(sql -> Optional.ofNullable(ring(sql, environment)));
    }

    /** All keys of an environment, the revoked ones included, from the oldest to the newest. */
    public List<KeyRecord> list(String environment) {
        return database.read(sql -> {
            List<KeyRecord> keys = new ArrayList<>();
            ResultSet rows = sql.statement(
                            "SELECT id, status, description, created_at, revoked_at FROM signing_key WHERE environment = ?"
                                    + " ORDER BY created_at, id",
                            environment)
                    .executeQuery();
            while (rows.next()) {
                keys.add(new KeyRecord(
                        rows.getString(1),
                        KeyStatus.valueOf(rows.getString(2)),
                        rows.getString(3),
                        rows.getLong(4),
                        rows.getObject(5) == null ? null : Long.valueOf(rows.getLong(5))));
            }
            return keys;
        });
    }

    /**
     * Creates a key: the environment's first is PRIMARY at once, later ones PENDING.
     *
     * @throws KeyRotationException for a sixth active key
     */
    public NewKey create(String environment, String description) {
        String id = RandomIds.of("key_");
        return add(
                environment,
                id,
                description,
                (ring, secret) -> ring == null
                        ? KeyRing.of(1, List.of(SigningKey.of(id, secret, KeyStatus.PRIMARY)))
                        : KeyRotation.add(ring, id, secret));
    }

    /**
     * Takes a step of the rotation.
     *
     * @param step from the ring to the next one
     * @return the version of the next one
     * @throws KeyRotationException when a rule forbids it
     * @throws IllegalStateException when the environment has no key yet
     */
    public long change(String environment, UnaryOperator<KeyRing> step) {
        return database.writeAndWait(sql -> {
            KeyRing before = requireKeys(environment, ring(sql, environment));
            KeyRing after = step.apply(before);
            save(sql, environment, before, after);
            return after.version();
        });
    }

    /**
     * Creates a key that takes the place of the primary, which is revoked in the same step; possible with five active
     * keys too.
     *
     * @throws KeyRotationException when a rule forbids it
     */
    public NewKey replace(String environment, String revokedId, String description) {
        String id = RandomIds.of("key_");
        return add(
                environment,
                id,
                description,
                (ring, secret) -> KeyRotation.emergencyRevoke(requireKeys(environment, ring), revokedId, id, secret));
    }

    /** A step that brings a key in; from no ring to the first one, too. */
    private interface Addition {
        KeyRing apply(@Nullable KeyRing ring, Secret secret);
    }

    private NewKey add(String environment, String id, String description, Addition step) {
        String secret = Secret.generateText();
        return database.writeAndWait(sql -> {
            KeyRing before = ring(sql, environment);
            KeyRing after = step.apply(before, Secret.of(secret));
            insert(sql, environment, id, description, secret);
            save(sql, environment, before, after);
            return new NewKey(id, status(after, id), secret, after.version());
        });
    }

    private void insert(SqlConnection sql, String environment, String id, String description, String secret)
            throws SQLException {
        sql.statement(
                        "INSERT INTO signing_key (environment, id, description, status, secret, created_at)"
                                + " VALUES (?, ?, ?, 'PENDING', ?, ?)",
                        environment,
                        id,
                        description,
                        box.seal(secret, place(environment, id)),
                        clock.millis())
                .executeUpdate();
    }

    private void save(SqlConnection sql, String environment, @Nullable KeyRing before, KeyRing after)
            throws SQLException {
        for (SigningKey key : after.keys()) {
            SigningKey former = before == null ? null : before.find(key.id());
            if (former == null || former.status() != key.status()) {
                save(sql, environment, key);
            }
        }
        sql.statement("UPDATE environment SET ring_version = ? WHERE id = ?", after.version(), environment)
                .executeUpdate();
    }

    private void save(SqlConnection sql, String environment, SigningKey key) throws SQLException {
        if (key.status() == KeyStatus.REVOKED) {
            sql.statement(
                            "UPDATE signing_key SET status = 'REVOKED', secret = NULL, revoked_at = ?"
                                    + " WHERE environment = ? AND id = ?",
                            clock.millis(),
                            environment,
                            key.id())
                    .executeUpdate();
        } else {
            sql.statement(
                            "UPDATE signing_key SET status = ? WHERE environment = ? AND id = ?",
                            key.status().name(),
                            environment,
                            key.id())
                    .executeUpdate();
        }
    }

    private @Nullable KeyRing ring(SqlConnection sql, String environment) throws SQLException {
        List<SigningKey> keys = new ArrayList<>();
        long version = 0;
        try (ResultSet rows = sql.statement(
                        "SELECT k.id, k.status, k.secret, e.ring_version FROM signing_key k"
                                + " JOIN environment e ON e.id = k.environment WHERE k.environment = ?"
                                + " ORDER BY k.created_at, k.id",
                        environment)
                .executeQuery()) {
            while (rows.next()) {
                keys.add(key(environment, rows));
                version = rows.getLong(4);
            }
        }
        return keys.isEmpty() ? null : KeyRing.of(version, keys);
    }

    private SigningKey key(String environment, ResultSet row) throws SQLException {
        String id = row.getString(1);
        KeyStatus status = KeyStatus.valueOf(row.getString(2));
        return status == KeyStatus.REVOKED
                ? SigningKey.revoked(id)
                : SigningKey.of(id, Secret.of(box.open(row.getBytes(3), place(environment, id))), status);
    }

    private static KeyRing requireKeys(String environment, @Nullable KeyRing ring) {
        if (ring == null) {
            throw new IllegalStateException("environment " + environment + " has no key yet");
        }
        return ring;
    }

    private static KeyStatus status(KeyRing ring, String id) {
        SigningKey key = ring.find(id);
        return key == null ? KeyStatus.REVOKED : key.status();
    }

    private static String place(String environment, String keyId) {
        return environment + "/" + keyId;
    }
}
