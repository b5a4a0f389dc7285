package dev.countersign.samples.collector.environment;

import dev.countersign.samples.collector.access.AuditLog;
import dev.countersign.samples.collector.access.Caller;
import dev.countersign.samples.collector.access.RandomIds;
import dev.countersign.samples.collector.storage.Database;
import dev.countersign.server.enforcement.AnonymousPolicy;
import dev.countersign.server.enforcement.EnforcementMode;
import dev.countersign.server.enforcement.EnforcementPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The applications and their environments in the database. Thread-safe; every method blocks for I/O. */
public final class EnvironmentStore {
    private static final String APPLICATIONS =
            "CREATE TABLE IF NOT EXISTS application (id TEXT PRIMARY KEY, name TEXT NOT NULL)";
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS environment (
              id TEXT PRIMARY KEY, application TEXT NOT NULL, name TEXT NOT NULL, api_key TEXT NOT NULL UNIQUE,
              profile TEXT NOT NULL, form TEXT NOT NULL, group_keys INTEGER NOT NULL, mode TEXT NOT NULL,
              anonymous TEXT NOT NULL, invalid_in_optional TEXT NOT NULL)""";
    private static final String SELECT =
            "SELECT id, application, name, api_key, profile, form, group_keys, mode, anonymous, invalid_in_optional"
                    + " FROM environment";

    private final Database database;
    private final AuditLog audit;

    /**
     * Creates the tables where they are missing, with the application {@link Application#DEFAULT}.
     *
     * @param database where the environments lie
     * @param audit is told of every change
     */
    public EnvironmentStore(Database database, AuditLog audit) {
        this.database = database;
        this.audit = audit;
        database.create(APPLICATIONS, TABLE);
        database.writeAndWait(sql -> sql.statement(
                        "INSERT INTO application (id, name) VALUES (?, 'default') ON CONFLICT DO NOTHING",
                        Application.DEFAULT)
                .executeUpdate());
    }

    /** Adds an application, with a new id. */
    public Application createApplication(Caller by, String name) {
        Application created = new Application(RandomIds.of("app_"), name);
        database.writeAndWait(sql -> {
            audit.add(sql, by, "application.create", created.id(), name);
            return sql.statement("INSERT INTO application (id, name) VALUES (?, ?)", created.id(), name)
                    .executeUpdate();
        });
        return created;
    }

    /** All applications, by their ids. */
    public List<Application> applications() {
        return database.read(sql -> {
            List<Application> applications = new ArrayList<>();
            ResultSet rows = sql.statement("SELECT id, name FROM application ORDER BY id")
                    .executeQuery();
            while (rows.next()) {
                applications.add(new Application(rows.getString(1), rows.getString(2)));
            }
            return applications;
        });
    }

    /**
     * What an administrator chooses of a new environment; the members are those of {@link Environment}.
     *
     * @param application the id of an application that exists
     */
    public record Draft(
            String application,
            String name,
            Profile profile,
            ProofForm form,
            boolean groupKeys,
            EnforcementPolicy policy,
            InvalidInOptional invalidInOptional) {}

    /**
     * Adds an environment, with a new id and API key.
     *
     * @return the environment
     */
    public Environment create(Caller by, Draft draft) {
        Environment created = new Environment(
                RandomIds.of("env_"),
                draft.application,
                draft.name,
                RandomIds.of("pk_") + RandomIds.of(""),
                draft.profile,
                draft.form,
                draft.groupKeys,
                draft.policy,
                draft.invalidInOptional);
        database.writeAndWait(sql -> {
            audit.add(sql, by, "environment.create", created.id(), draft.name);
            return sql.statement(
                            "INSERT INTO environment (id, application, name, api_key, profile, form, group_keys, mode,"
                                    + " anonymous, invalid_in_optional) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            created.id(),
                            created.application(),
                            created.name(),
                            created.apiKey(),
                            created.profile().wireName(),
                            created.form().wireName(),
                            created.groupKeys() ? 1 : 0,
                            created.policy().mode().name(),
                            created.policy().anonymous().name(),
                            created.invalidInOptional().name())
                    .executeUpdate();
        });
        return created;
    }

    /** All environments, by application and name. */
    public List<Environment> list() {
        return database.read(sql -> environments(
                sql.statement(SELECT + " ORDER BY application, name, id").executeQuery()));
    }

    /** The environment of an id; null when there is none. */
    public @Nullable Environment find(String id) {
        List<Environment> found = database.read(
                sql -> environments(sql.statement(SELECT + " WHERE id = ?", id).executeQuery()));
        return found.isEmpty() ? null : found.get(0);
    }

    /** Changes an environment's mode; nothing happens when there is no such environment. */
    public void setMode(Caller by, String id, EnforcementMode mode) {
        database.writeAndWait(sql -> {
            audit.add(sql, by, "environment.mode", id, mode.name());
            return sql.statement("UPDATE environment SET mode = ? WHERE id = ?", mode.name(), id)
                    .executeUpdate();
        });
    }

    private static List<Environment> environments(ResultSet rows) throws SQLException {
        List<Environment> environments = new ArrayList<>();
        while (rows.next()) {
            Profile profile = Profile.of(rows.getString(5));
            ProofForm form = ProofForm.of(rows.getString(6));
            if (profile == null || form == null) {
                throw new SQLException("environment " + rows.getString(1) + " has an unknown profile or form");
            }
            environments.add(new Environment(
                    rows.getString(1),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getString(4),
                    profile,
                    form,
                    rows.getInt(7) == 1,
                    new EnforcementPolicy(
                            EnforcementMode.valueOf(rows.getString(8)), AnonymousPolicy.valueOf(rows.getString(9))),
                    InvalidInOptional.valueOf(rows.getString(10))));
        }
        return environments;
    }
}
