package dev.countersign.samples.collector.access;

import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The administrators' tokens. Only their SHA-256 is kept: a token has 256 random bits, or at least 32 characters of the
 * operator's choice, so there is nothing to guess from the hash. Thread-safe; every method but {@link #caller} blocks
 * for I/O.
 */
public final class Credentials {
    /** The fewest characters of a token that the operator chooses. */
    public static final int MIN_LENGTH = 32;
    /** The id of the credential that the first start makes, or that the operator sets. */
    public static final String FIRST = "admin";

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS credential (
              id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, hash BLOB NOT NULL,
              created_at INTEGER NOT NULL)""";

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;
    private volatile List<Stored> all = List.of();

    private record Stored(Caller caller, String hash, long createdAt) {}

    /**
     * A credential as administrators see it.
     *
     * @param id its id
     * @param name its name, in the audit log too
     * @param role what it may do
     * @param createdAt when it was made, in milliseconds since 1970
     */
    public record Listed(String id, String name, Role role, long createdAt) {}

    /**
     * A credential that was just made: the only place where its token can be read.
     *
     * @param id its id
     * @param token {@code sat_…}
     */
    public record Created(String id, String token) {
        /** Redacted. */
        @Override
        public String toString() {
            return "Created[" + id + "]";
        }
    }

    /**
     * The credentials of a database.
     *
     * @param chosen the operator's token for the credential {@link #FIRST}, at least {@link #MIN_LENGTH} characters;
     *     null for the one of an earlier start, or a new one
     * @param show told the new token, once, when one had to be made
     */
    public Credentials(Database database, AuditLog audit, Clock clock, @Nullable String chosen, Consumer<String> show) {
        if (chosen != null && chosen.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "the admin token has " + chosen.length() + " characters; allowed are " + MIN_LENGTH + " or more");
        }
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        database.create(TABLE);
        reload();
        if (chosen != null) {
            store(FIRST, FIRST, Role.ADMIN, chosen);
        } else if (all.isEmpty()) {
            String token = RandomIds.unguessable("sat_");
            store(FIRST, FIRST, Role.ADMIN, token);
            show.accept(token);
        }
    }

    /** Who holds a token; null for nobody. Compared in constant time, without I/O. */
    public @Nullable Caller caller(String token) {
        byte[] hash = hex(sha256(token));
        Caller found = null;
        for (Stored stored : all) {
            if (MessageDigest.isEqual(stored.hash.getBytes(StandardCharsets.US_ASCII), hash)) {
                found = stored.caller;
            }
        }
        return found;
    }

    /** Whether a credential is still there: a session of one that is gone ends. */
    public boolean exists(Caller caller) {
        return all.stream().anyMatch(stored -> stored.caller.equals(caller));
    }

    /** All credentials, from the oldest to the newest. */
    public List<Listed> list() {
        return all.stream()
                .map(s -> new Listed(s.caller.credentialId(), s.caller.name(), s.caller.role(), s.createdAt))
                .toList();
    }

    /** Makes a credential with a new token. */
    public Created create(Caller by, String name, Role role) {
        Created created = new Created(RandomIds.of("cred_"), RandomIds.unguessable("sat_"));
        database.writeAndWait(sql -> {
            insert(sql, created.id, name, role, created.token);
            audit.add(sql, by, "credential.create", created.id, role + " " + name);
            return true;
        });
        reload();
        return created;
    }

    /** Removes a credential; false when there is none of this id, or it is the first one, which a restart replaces. */
    public boolean remove(Caller by, String id) {
        if (id.equals(FIRST)) {
            return false;
        }
        boolean removed = database.writeAndWait(sql -> {
            int rows = sql.statement("DELETE FROM credential WHERE id = ?", id).executeUpdate();
            if (rows == 1) {
                audit.add(sql, by, "credential.remove", id, "");
            }
            return rows == 1;
        });
        reload();
        return removed;
    }

    private void store(String id, String name, Role role, String token) {
        database.writeAndWait(sql -> {
            insert(sql, id, name, role, token);
            return true;
        });
        reload();
    }

    private void insert(SqlConnection sql, String id, String name, Role role, String token) throws SQLException {
        sql.statement(
                        "INSERT INTO credential (id, name, role, hash, created_at) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,"
                                + " hash = excluded.hash, created_at = excluded.created_at",
                        id,
                        name,
                        role.name(),
                        sha256(token),
                        clock.millis())
                .executeUpdate();
    }

    /** Takes over what another collector on the same database changed. */
    public synchronized void reload() {
        all = database.read(sql -> {
            List<Stored> stored = new ArrayList<>();
            ResultSet rows = sql.statement(
                            "SELECT id, name, role, hash, created_at FROM credential ORDER BY created_at")
                    .executeQuery();
            while (rows.next()) {
                Caller caller = new Caller(rows.getString(1), rows.getString(2), Role.valueOf(rows.getString(3)));
                String hash = new String(hex(rows.getBytes(4)), StandardCharsets.US_ASCII);
                stored.add(new Stored(caller, hash, rows.getLong(5)));
            }
            return List.copyOf(stored);
        });
    }

    private static byte[] hex(byte[] hash) {
        return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
