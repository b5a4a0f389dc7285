package dev.countersign.samples.collector.scaled;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes the consumer's commits hang, visibly, so that a part can be killed while one certainly does. */
final class HeldCommit implements AutoCloseable {
    private static final long LOCK = 20_261_121;
    // Runs within COMMIT, before anything of it is written.
    private static final String TRIGGER = """
            CREATE OR REPLACE FUNCTION hold_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              PERFORM pg_advisory_xact_lock_shared(%d); RETURN NULL; END $$;
            DROP TRIGGER IF EXISTS hold_commit ON event;
            CREATE CONSTRAINT TRIGGER hold_commit AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED
              FOR EACH ROW EXECUTE FUNCTION hold_commit()""".formatted(LOCK);
    private static final String PENDING = """
            FROM pg_stat_activity a WHERE a.datname = current_database() AND a.state = 'active' AND a.query = 'COMMIT'
              AND a.wait_event = '%s' AND EXISTS (
                SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.relation = 'event'::regclass)""";

    private final ScaledSettings settings;
    private final Connection connection;
    private final String waitsFor;

    private HeldCommit(ScaledSettings settings, String waitsFor) throws SQLException {
        this.settings = settings;
        this.waitsFor = waitsFor;
        this.connection = connect(settings);
    }

    private static Connection connect(ScaledSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.postgres(), settings.user(), settings.password());
    }

    /** From now on commits of events hang, with nothing of them written. */
    static HeldCommit unwritten(ScaledSettings settings) throws SQLException {
        HeldCommit held = new HeldCommit(settings, "advisory");
        held.execute(TRIGGER);
        held.execute("SELECT pg_advisory_lock(" + LOCK + ")");
        return held;
    }

    /** From now on commits hang when they are on disk, and before anybody is told: a standby that is not there is due. */
    static HeldCommit written(ScaledSettings settings) throws SQLException {
        HeldCommit held = new HeldCommit(settings, "SyncRep");
        held.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        held.execute("SELECT pg_reload_conf()");
        return held;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whether a commit of events hangs now. */
    boolean isPending() throws SQLException {
        try (ResultSet row =
                connection.createStatement().executeQuery("SELECT count(*) " + PENDING.formatted(waitsFor))) {
            row.next();
            return row.getLong(1) > 0;
        }
    }

    /** Ends the session whose commit hangs: the commit is undone. */
    void undo() throws SQLException {
        execute("SELECT pg_terminate_backend(a.pid) " + PENDING.formatted(waitsFor));
    }

    /** Lets commits go on; also after the server was started again. */
    @Override
    public void close() throws SQLException {
        connection.close();
        if (waitsFor.equals("SyncRep")) {
            try (Connection again = connect(settings);
                    var statement = again.createStatement()) {
                statement.execute("ALTER SYSTEM RESET synchronous_standby_names");
                statement.execute("SELECT pg_reload_conf()");
            }
        }
    }
}
