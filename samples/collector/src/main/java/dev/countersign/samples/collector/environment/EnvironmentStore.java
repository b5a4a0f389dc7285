package dev.countersign.samples.collector.environment;

import dev.countersign.samples.collector.storage.Database;
import dev.countersign.server.enforcement.AnonymousPolicy;
import dev.countersign.server.enforcement.EnforcementMode;
import dev.countersign.server.enforcement.EnforcementPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The environments in the database. Thread-safe; every method blocks for I/O. */
public final class EnvironmentStore {
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS environment (
              id TEXT PRIMARY KEY, name TEXT NOT NULL, api_key TEXT NOT NULL UNIQUE, form TEXT NOT NULL,
              mode TEXT NOT NULL, anonymous TEXT NOT NULL, ring_version INTEGER NOT NULL DEFAULT 0)""";
    private static final String SELECT = "SELECT id, name, api_key, form, mode, anonymous FROM environment";

    private final Database database;

    /**
     * Creates the table where it is missing.
     *
     * @param database where the environments lie
     */
    public EnvironmentStore(Database database) {
        this.database = database;
        database.writeAndWait(sql -> sql.statement(TABLE).execute());
    }

    /**
     * Adds an environment, with a new id and API key.
     *
     * @return the environment
     */
    public Environment create(String name, ProofForm form, EnforcementPolicy policy) {
        Environment created =
                new Environment(RandomIds.of("env_"), name, RandomIds.of("pk_") + RandomIds.of(""), form, policy);
        database.writeAndWait(sql -> sql.statement(
                        "INSERT INTO environment (id, name, api_key, form, mode, anonymous) VALUES (?, ?, ?, ?, ?, ?)",
                        created.id(),
                        created.name(),
                        created.apiKey(),
                        form.wireName(),
                        policy.mode().name(),
                        policy.anonymous().name())
                .executeUpdate());
        return created;
    }

    /** All environments, in no order. */
    public List<Environment> list() {
        return database.read(sql -> environments(sql.statement(SELECT).executeQuery()));
    }

    /** The environment of an id; null when there is none. */
    public @Nullable Environment find(String id) {
        List<Environment> found = database.read(
                sql -> environments(sql.statement(SELECT + " WHERE id = ?", id).executeQuery()));
        return found.isEmpty() ? null : found.get(0);
    }

    /** Changes an environment's mode; nothing happens when there is no such environment. */
    public void setMode(String id, EnforcementMode mode) {
        database.writeAndWait(sql -> sql.statement("UPDATE environment SET mode = ? WHERE id = ?", mode.name(), id)
                .executeUpdate());
    }

    private static List<Environment> environments(ResultSet rows) throws SQLException {
        List<Environment> environments = new ArrayList<>();
        while (rows.next()) {
            ProofForm form = ProofForm.of(rows.getString(4));
            if (form == null) {
                throw new SQLException("environment " + rows.getString(1) + " has an unknown form");
            }
            environments.add(new Environment(
                    rows.getString(1),
                    rows.getString(2),
                    rows.getString(3),
                    form,
                    new EnforcementPolicy(
                            EnforcementMode.valueOf(rows.getString(5)), AnonymousPolicy.valueOf(rows.getString(6)))));
        }
        return environments;
    }
}
