package dev.countersign.samples.collector.scaled;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.countersign.samples.collector.storage.Database;
import dev.countersign.samples.collector.storage.SqlConnection;
import dev.countersign.samples.collector.storage.StorageException;
import dev.countersign.samples.collector.storage.Work;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/**
 * A PostgreSQL database that several processes share. Thread-safe.
 *
 * <p>Writes of all of them happen one after the other, by an advisory lock that each transaction takes first: they are
 * administration and counts, never events. A process that stops in the middle of one loses its lock after ten seconds.
 * Where the connection breaks during a commit, nobody knows whether it took place: that is a {@link StorageException}
 * too.
 */
public final class PostgresDatabase implements Database {
    private static final long WRITERS = 0x636F_6C6C_6563_7401L;
    private static final int CONNECTIONS = 8;
    private static final int CONNECTION_TIMEOUT_MILLIS = 5_000;
    private static final String SESSION =
            "SET idle_in_transaction_session_timeout = '10s'; SET lock_timeout = '15s'; SET synchronous_commit = on";

    private final HikariDataSource pool;
    private final ScaledSettings settings;

    private PostgresDatabase(HikariDataSource pool, ScaledSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /**
     * Connects, and brings the tables to this version.
     *
     * @throws StorageException when the database cannot be reached or has tables of a newer version
     */
    public static PostgresDatabase open(ScaledSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.postgres());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setConnectionInitSql(SESSION);
        config.addDataSourceProperty("socketTimeout", "30");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(config);
            Flyway.configure().dataSource(pool).load().migrate();
            return new PostgresDatabase(pool, settings);
        } catch (RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            throw new StorageException("cannot open the database " + settings.postgres(), e);
        }
    }

    /** Nothing: the tables are those of the migrations. */
    @Override
    public void create(String... tables) {}

    @Override
    public <T> T writeAndWait(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                SqlConnection sql = new SqlConnection(connection);
                sql.statement("SELECT pg_advisory_xact_lock(?)", WRITERS).execute();
                T result = work.run(sql);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                undo(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw new StorageException("cannot write the database", e);
        }
    }

    private static void undo(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        try (Connection connection = pool.getConnection()) {
            return work.run(new SqlConnection(connection));
        } catch (SQLException e) {
            throw new StorageException("cannot read the database", e);
        }
    }

    /** A connection beside the pool, for whoever keeps it. */
    Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(settings.postgres(), settings.user(), settings.password());
        try (var statement = connection.createStatement()) {
            statement.execute(SESSION);
        }
        return connection;
    }

    @Override
    public void close() {
        pool.close();
    }
}
