package dev.countersign.samples.collector.environment;

import dev.countersign.samples.collector.access.AuditLog;
import dev.countersign.samples.collector.access.Caller;
import dev.countersign.samples.collector.access.RandomIds;
import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyRotation;
import dev.countersign.server.key.KeyRotationException;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rings of signing keys in the database, by the names that {@link Environment} gives them. Thread-safe; every
 * method blocks for I/O.
 *
 * <p>Each change reads the ring, takes a step of {@link KeyRotation}, and writes the difference and its entry in the
 * audit log in one transaction, so two changes never meet: what the rotation's rules forbid, they forbid under any
 * concurrency. A revoked key's secret leaves the ring at once, and the file 30 days later: until then a diagnosis can
 * name it.
 */
public final class KeyStore {
    /** How long a revoked secret is kept, encrypted, for the diagnosis alone. */
    public static final Duration REVOKED_KEPT = Duration.ofDays(30);

    private final Database database;
    private final KeyTable table;
    private final AuditLog audit;
    private final Clock clock;

    /**
     * Creates the tables where they are missing.
     *
     * @param database where the keys lie
     * @param box encrypts their secrets
     * @param audit is told of every change
     * @param clock when they are created and revoked
     */
    public KeyStore(Database database, SecretBox box, AuditLog audit, Clock clock) {
        this.database = database;
        this.table = new KeyTable(box);
        this.audit = audit;
        this.clock = clock;
        KeyTable.create(database);
    }

    /** A ring; empty while it has no key. */
    public Optional<KeyRing> ring(String ring) {
        return database.read(sql -> Optional.ofNullable(table.ring(sql, ring)));
    }

    /** All keys of a ring, the revoked ones included, from the oldest to the newest. */
    public List<KeyRecord> list(String ring) {
        return database.read(sql -> table.records(sql, ring));
    }

    /** The secrets of revoked keys that are not erased yet, for a diagnosis. */
    public Map<String, Secret> revokedSecrets(String ring) {
        return database.read(sql -> table.revokedSecrets(sql, ring));
    }

    /**
     * Erases the secrets of keys that were revoked longer ago than {@link #REVOKED_KEPT}.
     *
     * @return how many
     */
    public int eraseRevoked() {
        long before = clock.millis() - REVOKED_KEPT.toMillis();
        return database.writeAndWait(sql -> table.eraseRevoked(sql, before));
    }

    /**
     * Creates a key: a ring's first is PRIMARY at once, later ones PENDING.
     *
     * @throws KeyRotationException for a sixth active key
     */
    public NewKey create(Caller by, String ring, String description) {
        String id = RandomIds.of("key_");
        return add(
                by,
                ring,
                id,
                description,
                (before, secret) -> before == null
                        ? KeyRing.of(1, List.of(SigningKey.of(id, secret, KeyStatus.PRIMARY)))
                        : KeyRotation.add(before, id, secret));
    }

    /**
     * Takes a step of the rotation.
     *
     * @param action what the audit log calls the step
     * @param keyId the key that it is about
     * @param step from the ring to the next one
     * @return the version of the next one
     * @throws KeyRotationException when a rule forbids it
     * @throws IllegalStateException when the ring has no key yet
     */
    public long change(Caller by, String ring, String action, String keyId, UnaryOperator<KeyRing> step) {
        return database.writeAndWait(sql -> {
            KeyRing before = requireKeys(ring, table.ring(sql, ring));
            KeyRing after = step.apply(before);
            save(sql, by, ring, before, after);
            audit.add(sql, by, action, keyId, ring + ", ring version " + after.version());
            return after.version();
        });
    }

    /**
     * Creates a key that takes the place of the primary, which is revoked in the same step; possible with five active
     * keys too.
     *
     * @throws KeyRotationException when a rule forbids it
     */
    public NewKey replace(Caller by, String ring, String revokedId, String description) {
        String id = RandomIds.of("key_");
        return add(
                by,
                ring,
                id,
                description,
                (before, secret) -> KeyRotation.emergencyRevoke(requireKeys(ring, before), revokedId, id, secret));
    }

    /** A step that brings a key in; from no ring to the first one, too. */
    private interface Addition {
        KeyRing apply(@Nullable KeyRing ring, Secret secret);
    }

    private NewKey add(Caller by, String ring, String id, String description, Addition step) {
        String secret = Secret.generateText();
        return database.writeAndWait(sql -> {
            KeyRing before = table.ring(sql, ring);
            KeyRing after = step.apply(before, Secret.of(secret));
            NewKey created = new NewKey(id, status(after, id), secret, after.version());
            table.insert(sql, ring, created, description, clock.millis(), by.name());
            save(sql, by, ring, before, after);
            audit.add(sql, by, "key.create", id, ring + ": " + description);
            return created;
        });
    }

    private void save(SqlConnection sql, Caller by, String ring, @Nullable KeyRing before, KeyRing after)
            throws SQLException {
        for (SigningKey key : after.keys()) {
            SigningKey former = before == null ? null : before.find(key.id());
            if (former != null && former.status() == key.status()) {
                continue;
            }
            if (key.status() == KeyStatus.REVOKED) {
                table.saveRevocation(sql, ring, key.id(), clock.millis(), by.name());
            } else {
                table.saveStatus(sql, ring, key);
            }
        }
        table.saveVersion(sql, ring, after.version());
    }

    private static KeyRing requireKeys(String name, @Nullable KeyRing ring) {
        if (ring == null) {
            throw new IllegalStateException("the ring " + name + " has no key yet");
        }
        return ring;
    }

    private static KeyStatus status(KeyRing ring, String id) {
        SigningKey key = ring.find(id);
        return key == null ? KeyStatus.REVOKED : key.status();
    }
}
