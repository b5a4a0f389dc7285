package dev.countersign.samples.collector.environment;

import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import dev.countersign.server.key.KeyRing;
import dev.countersign.server.key.KeyStatus;
import dev.countersign.server.key.Secret;
import dev.countersign.server.key.SigningKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of rings and their keys. Secrets are sealed for the row they lie in. */
final class KeyTable {
    private static final String RINGS =
            "CREATE TABLE IF NOT EXISTS ring (name TEXT PRIMARY KEY, version INTEGER NOT NULL)";
    private static final String KEYS = """
            CREATE TABLE IF NOT EXISTS signing_key (
              ring TEXT NOT NULL, id TEXT NOT NULL, description TEXT NOT NULL, status TEXT NOT NULL,
              secret BLOB, created_at INTEGER NOT NULL, created_by TEXT NOT NULL, added_in INTEGER NOT NULL,
              revoked_at INTEGER, revoked_by TEXT, PRIMARY KEY (ring, id))""";

    private final SecretBox box;

    KeyTable(SecretBox box) {
        this.box = box;
    }

    static void create(Database database) {
        database.create(RINGS, KEYS);
    }

    /** Null while the ring has no key. */
    @Nullable
    KeyRing ring(SqlConnection sql, String ring) throws SQLException {
        List<SigningKey> keys = new ArrayList<>();
        long version = 0;
        try (ResultSet rows = sql.statement(
                        "SELECT k.id, k.status, k.secret, r.version FROM signing_key k"
                                + " JOIN ring r ON r.name = k.ring WHERE k.ring = ? ORDER BY k.added_in, k.id",
                        ring)
                .executeQuery()) {
            while (rows.next()) {
                keys.add(key(ring, rows));
                version = rows.getLong(4);
            }
        }
        return keys.isEmpty() ? null : KeyRing.of(version, keys);
    }

    private SigningKey key(String ring, ResultSet row) throws SQLException {
        String id = row.getString(1);
        KeyStatus status = KeyStatus.valueOf(row.getString(2));
        return status == KeyStatus.REVOKED
                ? SigningKey.revoked(id)
                : SigningKey.of(id, Secret.of(box.open(row.getBytes(3), place(ring, id))), status);
    }

    List<KeyRecord> records(SqlConnection sql, String ring) throws SQLException {
        List<KeyRecord> keys = new ArrayList<>();
        ResultSet rows = sql.statement(
                        "SELECT id, status, description, created_at, created_by, added_in, revoked_at, revoked_by"
                                + " FROM signing_key WHERE ring = ? ORDER BY added_in, id",
                        ring)
                .executeQuery();
        while (rows.next()) {
            keys.add(new KeyRecord(
                    rows.getString(1),
                    KeyStatus.valueOf(rows.getString(2)),
                    rows.getString(3),
                    rows.getLong(4),
                    rows.getString(5),
                    rows.getLong(6),
                    rows.getObject(7) == null ? null : Long.valueOf(rows.getLong(7)),
                    rows.getString(8)));
        }
        return keys;
    }

    /** Those that are not erased yet, by the ids of their keys. */
    Map<String, Secret> revokedSecrets(SqlConnection sql, String ring) throws SQLException {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        ResultSet rows = sql.statement(
                        "SELECT id, secret FROM signing_key"
                                + " WHERE ring = ? AND status = 'REVOKED' AND secret IS NOT NULL",
                        ring)
                .executeQuery();
        while (rows.next()) {
            String id = rows.getString(1);
            secrets.put(id, Secret.of(box.open(rows.getBytes(2), place(ring, id))));
        }
        return secrets;
    }

    int eraseRevoked(SqlConnection sql, long revokedBefore) throws SQLException {
        return sql.statement(
                        "UPDATE signing_key SET secret = NULL"
                                + " WHERE status = 'REVOKED' AND secret IS NOT NULL AND revoked_at < ?",
                        revokedBefore)
                .executeUpdate();
    }

    void insert(SqlConnection sql, String ring, NewKey key, String description, long at, String by)
            throws SQLException {
        sql.statement(
                        "INSERT INTO signing_key (ring, id, description, status, secret, created_at, created_by,"
                                + " added_in) VALUES (?, ?, ?, 'PENDING', ?, ?, ?, ?)",
                        ring,
                        key.id(),
                        description,
                        box.seal(key.secret(), place(ring, key.id())),
                        at,
                        by,
                        key.ringVersion())
                .executeUpdate();
    }

    void saveStatus(SqlConnection sql, String ring, SigningKey key) throws SQLException {
        sql.statement(
                        "UPDATE signing_key SET status = ? WHERE ring = ? AND id = ?",
                        key.status().name(),
                        ring,
                        key.id())
                .executeUpdate();
    }

    /** The secret stays for the diagnosis, until {@link #eraseRevoked}; no ring holds it any more. */
    void saveRevocation(SqlConnection sql, String ring, String id, long at, String by) throws SQLException {
        sql.statement(
                        "UPDATE signing_key SET status = 'REVOKED', revoked_at = ?, revoked_by = ?"
                                + " WHERE ring = ? AND id = ?",
                        at,
                        by,
                        ring,
                        id)
                .executeUpdate();
    }

    void saveVersion(SqlConnection sql, String ring, long version) throws SQLException {
        sql.statement(
                        "INSERT INTO ring (name, version) VALUES (?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET version = excluded.version",
                        ring,
                        version)
                .executeUpdate();
    }

    private static String place(String ring, String keyId) {
        return ring + "/" + keyId;
    }
}
