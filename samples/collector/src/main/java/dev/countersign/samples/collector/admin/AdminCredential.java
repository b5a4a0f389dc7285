package dev.countersign.samples.collector.admin;

import dev.countersign.samples.collector.environment.RandomIds;
import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The administrator's token. Only its SHA-256 is kept: a token has 256 random bits, or at least 32 characters of the
 * operator's choice, so there is nothing to guess from the hash. Thread-safe.
 */
public final class AdminCredential {
    /** The fewest characters of a token that the operator chooses. */
    public static final int MIN_LENGTH = 32;

    private static final String TABLE = "CREATE TABLE IF NOT EXISTS admin_token (hash BLOB NOT NULL)";
    private static final String SCHEME = "Bearer ";

    private final byte[] hash;

    private AdminCredential(byte[] hash) {
        this.hash = hash;
    }

    /**
     * The credential: the chosen token, or the one of an earlier start, or a new one.
     *
     * @param chosen the operator's token, at least {@link #MIN_LENGTH} characters; null for none
     * @param show told the new token, once, when one had to be made
     */
    public static AdminCredential of(Database database, @Nullable String chosen, Consumer<String> show) {
        if (chosen != null && chosen.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "the admin token has " + chosen.length() + " characters; allowed are " + MIN_LENGTH + " or more");
        }
        String generated = RandomIds.unguessable("sat_");
        byte[] stored = database.writeAndWait(sql -> {
            sql.statement(TABLE).execute();
            byte[] former = stored(sql);
            return chosen == null && former.length > 0 ? former : store(sql, chosen == null ? generated : chosen);
        });
        if (MessageDigest.isEqual(stored, sha256(generated))) {
            show.accept(generated);
        }
        return new AdminCredential(stored);
    }

    /** Whether an Authorization header carries the token; compared in constant time. */
    boolean matches(String authorization) {
        return authorization.startsWith(SCHEME)
                && MessageDigest.isEqual(hash, sha256(authorization.substring(SCHEME.length())));
    }

    private static byte[] stored(SqlConnection sql) throws SQLException {
        try (ResultSet row = sql.statement("SELECT hash FROM admin_token").executeQuery()) {
            return row.next() ? row.getBytes(1) : new byte[0];
        }
    }

    private static byte[] store(SqlConnection sql, String token) throws SQLException {
        byte[] hash = sha256(token);
        sql.statement("DELETE FROM admin_token").executeUpdate();
        sql.statement("INSERT INTO admin_token (hash) VALUES (?)", (Object) hash)
                .executeUpdate();
        return hash;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
